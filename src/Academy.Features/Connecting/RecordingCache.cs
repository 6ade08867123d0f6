using Academy.Clusters;
using Academy.Diagnosis;
using Microsoft.Extensions.Caching.Memory;

namespace Academy.Features.Connecting;

/// <summary>Recordings that were read lately. A recording never changes under its key, so no other process can miss anything.</summary>
public sealed class RecordingCache : IDisposable
{
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = 64 });

    /// <param name="key">Names the content, not only the place: a hash, or a folder that ships with this version.</param>
    public async Task<ClusterSnapshot?> Get(string key, Func<Task<ClusterSnapshot?>> read)
    {
        if (_cache.TryGetValue(key, out ClusterSnapshot? known))
        {
            return known;
        }

        if (await read() is not { } snapshot)
        {
            return null;
        }

        return _cache.Set(key, snapshot, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) });
    }

    /// <summary>A recording that ships with the curriculum.</summary>
    public async Task<ClusterSnapshot> Folder(string path, ClustersOptions options) =>
        (await Get(path, () => Task.FromResult<ClusterSnapshot?>(SnapshotFolder.Read(path, options))))!;

    public void Dispose() => _cache.Dispose();
}
