using System.Text.Json;
using Academy.Clusters;
using Academy.Clusters.Classrooms;
using Academy.Features.Door.Sealing;

namespace Academy.Features.Provisioning;

/// <summary>What opens a classroom's cluster, enciphered for the organisation. Never read back by the API.</summary>
public sealed record ClassroomCredentials(Guid Id, byte[] Cipher);

/// <summary>A classroom to work in.</summary>
public sealed record OpenClassroom(ClusterConnection Connection, IClassroomServer Server) : IDisposable
{
    public void Dispose() => Server.Dispose();
}

/// <summary>Opens the organisation's classrooms.</summary>
public sealed class ClassroomAccess(IDocumentSession session, IActor actor, MasterCipher cipher, IClassrooms classrooms, EnvironmentsOptions options)
{
    /// <summary>By which labels things are known as this Academy's and this organisation's.</summary>
    public EnvironmentOwner Owner => new(options.Installation ?? cipher.NameFor("installation"), actor.Tenant);

    /// <summary>Null where its credentials are gone.</summary>
    public async Task<OpenClassroom?> Open(Guid classroom, CancellationToken ct)
    {
        if (await session.LoadAsync<ClassroomCredentials>(classroom, ct) is not { } kept)
        {
            return null;
        }

        var connection = JsonSerializer.Deserialize<ClusterConnection>(cipher.Open(Purpose(classroom), kept.Cipher))!;
        return new OpenClassroom(connection, classrooms.Open(connection));
    }

    public ClassroomCredentials Seal(Guid classroom, ClusterConnection connection) =>
        new(classroom, cipher.Seal(Purpose(classroom), JsonSerializer.SerializeToUtf8Bytes(connection)));

    /// <summary>Looks whether a cluster can be a classroom.</summary>
    public async Task<Result<ClassroomSurvey>> Survey(ClusterConnection connection, CancellationToken ct)
    {
        using var server = classrooms.Open(connection);
        try
        {
            var survey = await ClassroomSurvey.TakeAsync(server, ct);
            return survey.Lacks.Count == 0
                ? survey
                : new Refusal(RefusalKind.Invalid, "classroom.rights", "These credentials may not do all that a classroom needs; k8s/classroom holds a role that may.")
                {
                    Fields = [.. survey.Lacks.Select(l => new FieldError("kubeconfig", $"They may not {l}."))],
                };
        }
        catch (ClusterReadException trouble)
        {
            return new Refusal(RefusalKind.Unavailable, trouble.Code, trouble.Message);
        }
        catch (ClassroomException trouble)
        {
            return new Refusal(RefusalKind.Unavailable, trouble.Code, trouble.Message);
        }
    }

    private string Purpose(Guid classroom) => $"classroom {actor.Tenant} {classroom:N}";
}
