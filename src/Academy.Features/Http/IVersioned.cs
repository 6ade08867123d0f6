namespace Academy.Features.Http;

/// <summary>A reply that stands for a stream at a version, which is sent as its ETag.</summary>
public interface IVersioned
{
    long Version { get; }
}
