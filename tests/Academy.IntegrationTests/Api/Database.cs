using Npgsql;

namespace Academy.IntegrationTests.Api;

/// <summary>Looks into the database itself, past all of Academy.</summary>
internal static class Database
{
    /// <summary>The tables that hold a text anywhere, as text or as the bytes of it.</summary>
    public static async Task<IReadOnlyList<string>> TablesWith(this AcademyServer academy, string text)
    {
        await using var source = NpgsqlDataSource.Create(academy.ConnectionString);
        var tables = new List<string>();
        await using (var all = source.CreateCommand(
            "select format('%I.%I', table_schema, table_name) from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')"))
        await using (var reader = await all.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
            {
                tables.Add(reader.GetString(0));
            }
        }

        var found = new List<string>();
        foreach (var table in tables)
        {
            await using var look = source.CreateCommand($"select exists (select 1 from {table} t where strpos(t::text, $1) > 0 or strpos(t::text, $2) > 0 or strpos(t::text, $3) > 0)");
            var bytes = System.Text.Encoding.UTF8.GetBytes(text);
            look.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
            look.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Convert.ToHexStringLower(bytes) });
            look.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Convert.ToBase64String(bytes).TrimEnd('=')[..^2] });
            if ((bool)(await look.ExecuteScalarAsync())!)
            {
                found.Add(table);
            }
        }

        return found;
    }
}
