using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Academy.Features.Publishing;

/// <summary>
/// What is published lies beside the events, in tables of its own: it belongs to no organisation, holds nothing of anybody, and its key
/// is its hash, so that writing it twice is writing it once.
/// </summary>
internal static class PublishingTables
{
    /// <summary>Every content that was ever in use, for those who are held to it.</summary>
    public const string Contents = "curriculum_contents";

    /// <summary>The texts that can be searched, for each of the latest editions.</summary>
    public const string Texts = "curriculum_texts";

    /// <summary>The editions, and when each was last put into use.</summary>
    public const string Editions = "curriculum_editions";

    public static IEnumerable<Table> All
    {
        get
        {
            var contents = Named(Contents);
            contents.AddColumn("kind", "text").AsPrimaryKey();
            contents.AddColumn("id", "text").AsPrimaryKey();
            contents.AddColumn("hash", "text").AsPrimaryKey();
            contents.AddColumn("body", "bytea").NotNull();
            yield return contents;

            var texts = Named(Texts);
            texts.AddColumn("edition", "text").AsPrimaryKey();
            texts.AddColumn("kind", "text").AsPrimaryKey();
            texts.AddColumn("id", "text").AsPrimaryKey();
            texts.AddColumn("title", "text").NotNull();
            texts.AddColumn("summary", "text").NotNull();
            texts.AddColumn("body", "text").NotNull();
            texts.AddColumn("course", "text");
            texts.AddColumn("level", "text");
            texts.AddColumn("skills", "text[]").NotNull();
            texts.AddColumn("words", "tsvector").NotNull();
            texts.Indexes.Add(new IndexDefinition("curriculum_texts_words") { Columns = ["words"], Method = IndexMethod.gin });
            yield return texts;

            var editions = Named(Editions);
            editions.AddColumn("hash", "text").AsPrimaryKey();
            editions.AddColumn("used_at", "timestamptz").NotNull();
            yield return editions;
        }
    }

    private static Table Named(string name) => new(new PostgresqlObjectName(AcademyStore.Schema, name, SchemaUtils.IdentifierUsage.General));
}
