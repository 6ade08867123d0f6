using Academy.Benchmarks;
using BenchmarkDotNet.Running;

if (args is ["main-job", .. var rest])
{
    return await MainJob.Run(rest);
}

if (args is ["lab-checks", .. var where])
{
    return await LabChecks.Run(where);
}

BenchmarkSwitcher.FromAssembly(typeof(MainJob).Assembly).Run(args);
return 0;
