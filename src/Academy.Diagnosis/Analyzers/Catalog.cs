namespace Academy.Diagnosis.Analyzers;

/// <summary>The analyzers, in the order of their ids. A new one is added here and nowhere else.</summary>
internal static class Catalog
{
    public static IReadOnlyList<IAnalyzer> Analyzers { get; } =
    [
        new PullingImages.PullingImages(),
        new ReadingConfiguration.ReadingConfiguration(),
        new StartingContainers.StartingContainers(),
        new RunningAsUser.RunningAsUser(),
        new CrashingContainers.CrashingContainers(),
        new RunningOutOfMemory.RunningOutOfMemory(),
        new ProbingContainers.ProbingContainers(),
        new EvictingPods.EvictingPods(),
        new PreparingSandboxes.PreparingSandboxes(),
        new SchedulingPods.SchedulingPods(),
        new BindingVolumes.BindingVolumes(),
        new MountingVolumes.MountingVolumes(),
        new SelectingPods.SelectingPods(),
        new ReachingServices.ReachingServices(),
        new FilteringTraffic.FilteringTraffic(),
        new ListeningPorts.ListeningPorts(),
        new ResolvingNames.ResolvingNames(),
        new RoutingIngress.RoutingIngress(),
        new RoutingGateways.RoutingGateways(),
        new CreatingPods.CreatingPods(),
        new CallingWebhooks.CallingWebhooks(),
        new GrantingPermissions.GrantingPermissions(),
        new RollingOut.RollingOut(),
        new DisruptingPods.DisruptingPods(),
        new DeletingObjects.DeletingObjects(),
        new RunningJobs.RunningJobs(),
        new SchedulingJobs.SchedulingJobs(),
        new ScalingPods.ScalingPods(),
        new ServingApis.ServingApis(),
        new WatchingNodes.WatchingNodes(),
        new RoutingMesh.RoutingMesh(),
        new SecuringMesh.SecuringMesh(),
        new SyncingApplications.SyncingApplications(),
        new IssuingCertificates.IssuingCertificates(),
        new ReconcilingResources.ReconcilingResources(),
        new RunningPipelines.RunningPipelines(),
        new ScrapingMetrics.ScrapingMetrics(),
    ];
}
