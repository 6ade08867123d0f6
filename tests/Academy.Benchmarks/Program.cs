using Academy.Benchmarks;
using BenchmarkDotNet.Running;

if (args is ["main-job", .. var rest])
{
    return await MainJob.Run(rest);
}

BenchmarkSwitcher.FromAssembly(typeof(MainJob).Assembly).Run(args);
return 0;
