using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.AzureOpenAI;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace Academy.Agent.Modelling;

/// <summary>The configured model, or none.</summary>
public sealed class ModelConnection : IDisposable
{
    private readonly HttpClient? _http;

    public ModelConnection(IOptions<ModelOptions> options)
    {
        if (options.Value is not { IsTutor: false } configured)
        {
            return;
        }

        // A redirect would carry the key to somewhere else. The time limit is that of the answer, not of a request.
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        Chat = Connect(configured, _http);
    }

    /// <summary>Null: the tutor answers.</summary>
    public IChatCompletionService? Chat { get; }

    public void Dispose() => _http?.Dispose();

    // No logger goes in: at its finest level the connector logs prompts.
#pragma warning disable SKEXP0010 // an address of one's own is the only way to a compatible server
    private static IChatCompletionService Connect(ModelOptions o, HttpClient http) => o.Provider switch
    {
        ModelOptions.AzureOpenAi => new AzureOpenAIChatCompletionService(o.Deployment!, o.Endpoint!, o.ApiKey!, httpClient: http),
        _ when string.IsNullOrEmpty(o.Endpoint) => new OpenAIChatCompletionService(o.Model!, o.ApiKey!, httpClient: http),
        _ => new OpenAIChatCompletionService(o.Model!, new Uri(o.Endpoint), o.ApiKey, httpClient: http),
    };
#pragma warning restore SKEXP0010
}
