using System.Text;
using System.Text.Json.Nodes;

namespace Academy.Curriculum.Artefacts;

/// <summary>Turns what a student handed in into what checks see. Any bytes: what is wrong is said with its place, never thrown.</summary>
internal static class ArtefactReader
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ArtefactDocument Read(LabArtefact artefact, ReadOnlySpan<byte> content)
    {
        try
        {
            return Read(artefact.Type, Decode(artefact, content));
        }
        catch (ArtefactException e)
        {
            return new ArtefactDocument(null, "") { Problem = e.Problem };
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            // The libraries below do not turn everything they stumble over into their own exceptions.
            return new ArtefactDocument(null, "") { Problem = new ArtefactProblem($"it cannot be read as {artefact.Type}") };
        }
    }

    private static ArtefactDocument Read(string type, string text) => type switch
    {
        ArtefactTypes.Json => new ArtefactDocument(JsonText.Read(text), text),
        ArtefactTypes.TerraformPlan => new ArtefactDocument(Terraform.Plan(JsonText.Read(text)), text),
        ArtefactTypes.TerraformState => new ArtefactDocument(Terraform.State(JsonText.Read(text)), text),
        ArtefactTypes.Yaml => new ArtefactDocument(One(YamlText.Read(text, YamlTags.None)), text),
        ArtefactTypes.CloudFormation => new ArtefactDocument(CloudFormation.Template(YamlText.Read(text, YamlTags.CloudFormation)), text),
        ArtefactTypes.AnsiblePlaybook => new ArtefactDocument(AnsiblePlaybook.Plays(YamlText.Read(text, YamlTags.Ansible)), text),
        ArtefactTypes.Pipeline => new ArtefactDocument(PipelineSpec.Read(YamlText.Read(text, YamlTags.None)), text),
        ArtefactTypes.Manifests => new ArtefactDocument(null, text) { Objects = Manifests.Objects(YamlText.Read(text, YamlTags.None)) },
        ArtefactTypes.Notebook => Notebook.Read(JsonText.Read(text)),
        ArtefactTypes.Jenkinsfile => Jenkinsfile.Read(text),
        ArtefactTypes.AirflowDag => AirflowDag.Read(text),
        _ => new ArtefactDocument(TextDocument.Of(text), text),
    };

    // A file with one document is that document, one with several is their list.
    private static JsonNode? One(IReadOnlyList<YamlDocument> documents) => documents switch
    {
        [] => throw new ArtefactException("the file is empty"),
        [var only] => only.Root,
        _ => new JsonArray([.. documents.Select(d => d.Root)]),
    };

    private static string Decode(LabArtefact artefact, ReadOnlySpan<byte> content)
    {
        if (content.Length > artefact.MaxKiB * 1024)
        {
            throw new ArtefactException($"larger than {artefact.MaxKiB} KiB");
        }

        if (content.StartsWith(Encoding.UTF8.Preamble))
        {
            content = content[Encoding.UTF8.Preamble.Length..];
        }

        if (content.IndexOf((byte)0) is >= 0 and var at)
        {
            throw Binary(content[..at]);
        }

        try
        {
            return Utf8.GetString(content) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw new ArtefactException("the file is empty");
        }
        catch (DecoderFallbackException e)
        {
            throw Binary(content[..Math.Clamp(e.Index, 0, content.Length)]);
        }
    }

    private static ArtefactException Binary(ReadOnlySpan<byte> before) =>
        new("this is not a text in UTF-8", before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'));
}
