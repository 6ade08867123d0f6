using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Logs;

internal static class Crashes
{
    private static readonly HashSet<string> Training = ["PyTorchJob", "TFJob", "MPIJob", "XGBoostJob", "PaddleJob", "JAXJob", "MXJob", "TrainJob", "RayJob", "VolcanoJob"];
    private static readonly HashSet<string> Pipelines = ["Workflow", "PipelineRun", "TaskRun", "CronWorkflow", "ScheduledWorkflow"];

    /// <summary>What a failure is called where nothing more is known: by what kind of work failed.</summary>
    public static string GenericReason(Complaint complaint) => complaint switch
    {
        { Container.Init: true } => Reasons.InitContainerFailed,
        { Workload.Ref.Kind: "Job" or "CronJob" } => Reasons.JobBackoffLimitExceeded,
        { Workload.Ref.Kind: var kind } when Training.Contains(kind) => Reasons.TrainingWorkerFailed,
        { Workload.Ref.Kind: var kind } when Pipelines.Contains(kind) => Reasons.PipelineStepFailed,
        _ => Reasons.ApplicationPanic,
    };

    public static bool IsTraining(string kind) => Training.Contains(kind);

    public static bool IsPipeline(string kind) => Pipelines.Contains(kind);
}
