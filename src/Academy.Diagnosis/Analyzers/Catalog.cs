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
        new RunningOutOfMemory.RunningOutOfMemory(),
        new SchedulingPods.SchedulingPods(),
        new BindingVolumes.BindingVolumes(),
        new MountingVolumes.MountingVolumes(),
        new SelectingPods.SelectingPods(),
        new WatchingNodes.WatchingNodes(),
    ];
}
