using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Academy.Features.Http;

/// <summary>The body of a request as it is, whatever its content type, and never more of it than allowed.</summary>
internal static class RawBody
{
    /// <returns>Null: larger than allowed. The rest is read off, so that the sender reads the answer, but no more of it than the limit again.</returns>
    public static async Task<byte[]?> ReadRaw(this HttpContext http, long most, CancellationToken ct)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            // The limit is held below. The server's own would cut the connection, and few clients read an answer after that.
            limit.MaxRequestBodySize = null;
        }

        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var total = 0L;
        while (total <= 2 * most && await http.Request.Body.ReadAsync(buffer, ct) is > 0 and var read)
        {
            total += read;
            if (total <= most)
            {
                bytes.Write(buffer, 0, read);
            }
        }

        return total <= most ? bytes.ToArray() : null;
    }
}
