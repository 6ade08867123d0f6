using System.Reflection;
using Academy.Features.Connecting;
using Academy.Features.Conversing;
using Academy.Features.Door.Sealing;
using Academy.Features.Maintaining;
using Academy.Features.Progressing;
using Academy.Features.Provisioning;
using Academy.Features.Publishing;
using Academy.Features.Searching;
using Academy.Features.Submitting;
using Microsoft.Extensions.DependencyInjection;

namespace Academy.Features;

/// <summary>Brings in every slice: handlers and validators are found, nothing is listed.</summary>
public static class FeatureServices
{
    public static IServiceCollection AddFeatures(this IServiceCollection services)
    {
        services.AddScoped<ServiceFactory>(s => s.GetService!).AddScoped<IMediator, Mediator>();
        services.AddSingleton<IDoor, AcademyDoor>();
        services.AddScoped<CurrentActor>().AddScoped(s => s.GetRequiredService<CurrentActor>().Value);
        services.AddScoped(s => s.GetRequiredService<IDocumentStore>().LightweightSession(s.GetRequiredService<IActor>().Tenant));
        services.AddScoped<IQuerySession>(s => s.GetRequiredService<IDocumentSession>());

        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Trace<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Authorise<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Validate<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(Commit<,>));
        foreach (var type in Assembly.GetExecutingAssembly().GetTypes().Where(t => t is { IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (var contract in type.GetInterfaces().Where(IsFound))
            {
                services.AddScoped(contract, type);
            }
        }

        services.AddScoped<PersonKeys>().AddScoped<ClusterAccess>();
        services.AddScoped<ClassroomAccess>().AddScoped<EnvironmentAccess>().AddSingleton<DueEnvironments>();
        services.AddScoped<SubmissionReader>();
        services.AddSingleton<Academy.Clusters.ServiceProbe>();
        services.AddTransient(s => s.GetRequiredService<CurriculumShelf>().Now.Catalog);
        services.AddSingleton<Contents>().AddSingleton<SearchIndex>();
        services.AddSingleton<CurriculumKeeper>().AddHostedService(s => s.GetRequiredService<CurriculumKeeper>());
        services.AddSingleton<CompletionReaction>().AddHostedService(s => s.GetRequiredService<CompletionReaction>());
        services.AddSingleton<RecordingCache>().AddSingleton<Upkeep>();
        services.AddSingleton<ConversationSignal>().AddHostedService(s => s.GetRequiredService<ConversationSignal>());
        services.AddSingleton<ReplyWriter>().AddHostedService(s => s.GetRequiredService<ReplyWriter>());
        return services;
    }

    private static bool IsFound(Type contract) =>
        contract.IsGenericType && (contract.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) || contract.GetGenericTypeDefinition() == typeof(IValidator<>));
}
