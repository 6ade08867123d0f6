using Npgsql;

namespace Academy.Host.Embedded;

/// <summary>Takes the two forms in which people know a database's address: libpq's URI and .NET's key=value list.</summary>
public static class PostgresUri
{
    public static string ToConnectionString(string text)
    {
        try
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "postgres" or "postgresql"
                ? FromUri(new Uri(text)).ConnectionString
                : new NpgsqlConnectionStringBuilder(text).ConnectionString;
        }
        catch (ArgumentException)
        {
            // The text may hold a password, so it is not repeated.
            throw new EmbeddedException(
                "The PostgreSQL address is not understood. Write postgres://USER:PASSWORD@HOST:5432/DATABASE or 'Host=…;Database=…;Username=…;Password=…'.", 2);
        }
    }

    private static NpgsqlConnectionStringBuilder FromUri(Uri uri)
    {
        var user = uri.UserInfo.Split(':', 2);
        var builder = new NpgsqlConnectionStringBuilder
        {
            Host = uri.DnsSafeHost,
            Port = uri.Port > 0 ? uri.Port : 5432,
            Username = Uri.UnescapeDataString(user[0]),
            Database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/')),
        };
        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var value = Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "");
            if (parts[0] == "sslmode")
            {
                builder["SSL Mode"] = value.Replace("-", "", StringComparison.Ordinal); // verify-full is VerifyFull here
            }
            else
            {
                builder[Uri.UnescapeDataString(parts[0]).Replace('_', ' ')] = value;
            }
        }

        return builder;
    }
}
