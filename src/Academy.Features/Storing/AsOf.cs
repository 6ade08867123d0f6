using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using JasperFx.Events;

namespace Academy.Features.Storing;

/// <summary>A moment in the past: a time, or a position. In text an ISO 8601 time with its offset, or a whole number.</summary>
[JsonConverter(typeof(AsOfConverter))]
public sealed record AsOf(DateTimeOffset? Time, long? Position)
{
    public bool Includes(DateTimeOffset time, long position) => Time is { } t ? time <= t : position <= Position;

    public static AsOf? Parse(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? new AsOf(null, position)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? new AsOf(time, null)
        : null;
}

internal sealed class AsOfConverter : JsonConverter<AsOf>
{
    public override AsOf Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && AsOf.Parse(reader.GetString()!) is { } asOf ? asOf : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, AsOf value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Time?.ToString("O") ?? value.Position?.ToString(CultureInfo.InvariantCulture));
}

internal static class AsOfReading
{
    /// <summary>The state after those events of a stream that are included; null where there were none yet.</summary>
    public static async Task<TState?> AsOf<TState>(this IQuerySession session, Guid id, Func<IEvent, bool> included, CancellationToken ct)
        where TState : class, IState<TState> =>
        (await session.Events.FetchStreamAsync(id, token: ct)).Where(included).Aggregate((TState?)null, (s, e) => TState.Fold(s, e.Data));
}
