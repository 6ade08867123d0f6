namespace Academy.Curriculum;

/// <summary>What an artefact can be; docs/authoring.md says how each is seen by a check.</summary>
public static class ArtefactTypes
{
    public const string Json = "json";
    public const string Yaml = "yaml";
    public const string TerraformPlan = "terraform-plan";
    public const string TerraformState = "terraform-state";
    public const string Manifests = "manifests";
    public const string CloudFormation = "cloudformation";
    public const string AnsiblePlaybook = "ansible-playbook";
    public const string Jenkinsfile = "jenkinsfile";
    public const string AirflowDag = "airflow-dag";
    public const string Pipeline = "pipeline";
    public const string Notebook = "notebook";
    public const string Text = "text";

    public static IReadOnlyList<string> All { get; } =
        [Json, Yaml, TerraformPlan, TerraformState, Manifests, CloudFormation, AnsiblePlaybook, Jenkinsfile, AirflowDag, Pipeline, Notebook, Text];
}
