using Academy.Agent.Modelling;
using Academy.Agent.Prompts;
using Academy.Agent.Tutoring;
using Academy.Features.Conversing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Academy.Agent;

public static class AssistantServices
{
    /// <summary>Registers the assistant. Reads <c>Academy:Model</c> and <c>Academy:Prompts</c>; what is wrong there stops the start with a clear message.</summary>
    public static IServiceCollection AddAssistant(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ModelOptions>().Bind(configuration.GetSection(ModelOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ModelOptions>, ModelOptionsValidator>();
        services.AddSingleton(provider => PromptLibrary.Load(PromptFolder.Find(
            configuration["Academy:Prompts"], provider.GetService<IHostEnvironment>()?.ContentRootPath ?? AppContext.BaseDirectory,
            configuration["ACADEMY_HOME"])));
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Tutor>();
        services.AddSingleton<ModelConnection>();
        services.AddSingleton<IAssistant, Assistant>();
        services.AddHostedService<WarmUp>();
        return services;
    }
}
