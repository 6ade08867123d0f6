using System.Security.Cryptography;
using System.Text;
using Academy.Domain;
using JasperFx;
using Marten;

namespace Academy.Features.Door.Sealing;

/// <summary>The key of a person, wrapped with the master key; null once the person is erased.</summary>
public sealed record PersonKey(Guid Id, byte[]? Wrapped);

/// <summary>Seals and unseals personal data within the organisation of the actor. Lives for one request.</summary>
public sealed class PersonKeys(IDocumentStore store, IActor actor, MasterCipher master)
{
    private readonly Dictionary<Guid, byte[]?> _known = [];

    /// <exception cref="PersonErasedException">The person was erased; nothing about them may be written any more.</exception>
    public async Task<Sealed> Seal(Guid person, string text, CancellationToken ct) =>
        new(Convert.ToBase64String(await Seal(person, Encoding.UTF8.GetBytes(text), ct)));

    /// <inheritdoc cref="Seal(Guid, string, CancellationToken)"/>
    public async Task<byte[]> Seal(Guid person, byte[] plain, CancellationToken ct) =>
        MasterCipher.Seal(await Key(person, create: true, ct) ?? throw new PersonErasedException(person), plain);

    /// <summary>Null where the person was erased.</summary>
    public async Task<string?> Unseal(Guid person, Sealed data, CancellationToken ct) =>
        await Unseal(person, Convert.FromBase64String(data.Cipher), ct) is { } plain ? Encoding.UTF8.GetString(plain) : null;

    /// <inheritdoc cref="Unseal(Guid, Sealed, CancellationToken)"/>
    public async Task<byte[]?> Unseal(Guid person, byte[] cipher, CancellationToken ct) =>
        await Key(person, create: false, ct) is { } key ? MasterCipher.Open(key, cipher) : null;

    private string Purpose(Guid person) => $"person {actor.Tenant} {person:N}";

    private async Task<byte[]?> Key(Guid person, bool create, CancellationToken ct)
    {
        if (_known.TryGetValue(person, out var known))
        {
            return known;
        }

        var stored = await Load(person, ct);
        if (stored is null && create)
        {
            await Create(person, ct);
            stored = await Load(person, ct);
        }

        var key = stored?.Wrapped is { } wrapped ? master.Open(Purpose(person), wrapped) : null;
        if (stored is not null)
        {
            _known[person] = key;
        }

        return key;
    }

    private async Task<PersonKey?> Load(Guid person, CancellationToken ct)
    {
        await using var session = store.QuerySession(actor.Tenant);
        return await session.LoadAsync<PersonKey>(person, ct);
    }

    // In a transaction of its own: a first key must not make two first requests of one person collide.
    private async Task Create(Guid person, CancellationToken ct)
    {
        await using var session = store.LightweightSession(actor.Tenant);
        session.Insert(new PersonKey(person, master.Seal(Purpose(person), RandomNumberGenerator.GetBytes(32))));
        try
        {
#pragma warning disable RS0030 // the door's own: this is not the work of a request
            await session.SaveChangesAsync(ct);
#pragma warning restore RS0030
        }
        catch (DocumentAlreadyExistsException)
        {
            // another request was first, and its key is the one
        }
    }
}

public sealed class PersonErasedException(Guid person) : Exception($"Person {person} was erased.");
