using Microsoft.Extensions.Options;

namespace Academy.Agent.Modelling;

/// <summary>Which model answers students, from <c>Academy:Model</c>.</summary>
public sealed class ModelOptions
{
    public const string Section = "Academy:Model";
    public const string Tutor = "tutor";
    public const string OpenAi = "openai";
    public const string AzureOpenAi = "azure-openai";
    public const string Compatible = "compatible";

    /// <summary><c>tutor</c> (built in, no network), <c>openai</c>, <c>azure-openai</c> or <c>compatible</c> (Ollama, vLLM, llama.cpp server …).</summary>
    public string Provider { get; set; } = Tutor;

    /// <summary>For <c>azure-openai</c> that of the resource; for <c>compatible</c> the address above <c>/chat/completions</c>, e.g. <c>http://localhost:11434/v1</c>.</summary>
    public string? Endpoint { get; set; }

    /// <summary>Name of the model, for <c>openai</c> and <c>compatible</c>.</summary>
    public string? Model { get; set; }

    /// <summary>Name of the deployment, for <c>azure-openai</c>.</summary>
    public string? Deployment { get; set; }

    /// <summary>Never logged.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Seconds a model may take for one answer, tools included, before the tutor answers instead; 1 to 600.</summary>
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>Tool calls for one answer; 1 to 50.</summary>
    public int MaxToolCalls { get; set; } = 12;

    /// <summary>How often a model may go on after tool results, for one answer; 1 to 20.</summary>
    public int MaxRounds { get; set; } = 6;

    /// <summary>Characters of one tool result that a model gets; 500 to 200,000.</summary>
    public int MaxResultChars { get; set; } = 12_000;

    /// <summary>Characters of a model's answer; the rest is cut; 500 to 100,000.</summary>
    public int MaxAnswerChars { get; set; } = 12_000;

    public bool IsTutor => Provider == Tutor;
}

internal sealed class ModelOptionsValidator : IValidateOptions<ModelOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        var wrong = Wrong(options).ToList();
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static IEnumerable<string> Wrong(ModelOptions o)
    {
        string[] known = [ModelOptions.Tutor, ModelOptions.OpenAi, ModelOptions.AzureOpenAi, ModelOptions.Compatible];
        if (!known.Contains(o.Provider))
        {
            yield return $"{ModelOptions.Section}:Provider is '{o.Provider}'; it must be one of {string.Join(", ", known)}.";
        }

        if (o.Provider is ModelOptions.OpenAi or ModelOptions.Compatible && string.IsNullOrWhiteSpace(o.Model))
        {
            yield return $"{ModelOptions.Section}:Model must name the model that '{o.Provider}' is to use.";
        }

        if (o.Provider == ModelOptions.AzureOpenAi && string.IsNullOrWhiteSpace(o.Deployment))
        {
            yield return $"{ModelOptions.Section}:Deployment must name the deployment in the Azure OpenAI resource.";
        }

        if (o.Provider is ModelOptions.OpenAi or ModelOptions.AzureOpenAi && string.IsNullOrWhiteSpace(o.ApiKey))
        {
            yield return $"{ModelOptions.Section}:ApiKey is needed for '{o.Provider}'; set it as the environment variable Academy__Model__ApiKey.";
        }

        var needsEndpoint = o.Provider is ModelOptions.AzureOpenAi or ModelOptions.Compatible;
        if ((needsEndpoint || !string.IsNullOrEmpty(o.Endpoint)) && !(Uri.TryCreate(o.Endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            yield return $"{ModelOptions.Section}:Endpoint must be an http or https address, such as http://localhost:11434/v1.";
        }

        foreach (var (option, value, low, high) in new[]
        {
            (nameof(o.TimeoutSeconds), o.TimeoutSeconds, 1, 600),
            (nameof(o.MaxToolCalls), o.MaxToolCalls, 1, 50),
            (nameof(o.MaxRounds), o.MaxRounds, 1, 20),
            (nameof(o.MaxResultChars), o.MaxResultChars, 500, 200_000),
            (nameof(o.MaxAnswerChars), o.MaxAnswerChars, 500, 100_000),
        })
        {
            if (value < low || value > high)
            {
                yield return $"{ModelOptions.Section}:{option} is {value}; it must be from {low} to {high}.";
            }
        }
    }
}
