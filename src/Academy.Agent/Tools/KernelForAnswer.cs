using Academy.Agent.Plugins;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Academy.Agent.Tools;

/// <summary>One kernel per question: its plugins reach only the cluster and the attempt of the conversation.</summary>
internal static class KernelForAnswer
{
    public static Kernel Build(Answer answer, IChatCompletionService chat, ILogger logger)
    {
        var builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(chat);
        builder.Services.AddSingleton<IFunctionInvocationFilter>(new ToolFilter(answer, logger));
        builder.Plugins.AddFromObject(new CurriculumPlugin(answer), "curriculum");
        builder.Plugins.AddFromObject(new ProgressPlugin(answer), "progress");
        builder.Plugins.AddFromObject(new MentorPlugin(answer), "mentor");
        if (answer.Question.ClusterId is { } cluster)
        {
            builder.Plugins.AddFromObject(new ClusterPlugin(answer, cluster), "cluster");
            builder.Plugins.AddFromObject(new DiagnosisPlugin(answer, cluster), "diagnosis");
        }

        if (answer.Question.AttemptId is { } attempt)
        {
            builder.Plugins.AddFromObject(new LabPlugin(answer, attempt), "lab");
        }

        var kernel = builder.Build();
        answer.PutInto(kernel);
        return kernel;
    }
}
