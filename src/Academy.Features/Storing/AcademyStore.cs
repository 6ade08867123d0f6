using System.Text.Json;
using Academy.Domain;
using Academy.Domain.Attempts;
using Academy.Domain.Catalogues;
using Academy.Domain.Classrooms;
using Academy.Domain.Clusters;
using Academy.Domain.Conversations;
using Academy.Domain.Enrolments;
using Academy.Domain.Environments;
using Academy.Domain.Mentorships;
using Academy.Domain.People;
using Academy.Domain.Quizzes;
using Academy.Domain.Submissions;
using Academy.Features.Attempting;
using Academy.Features.Door;
using Academy.Features.Publishing;
using JasperFx.Events;
using JasperFx.Events.Projections;
using JasperFx.MultiTenancy;
using Marten;
using Weasel.Core;

namespace Academy.Features.Storing;

/// <summary>How events and documents lie in PostgreSQL. A new stream is one line here.</summary>
public static class AcademyStore
{
    public const string Schema = "academy";

    public static void Configure(StoreOptions options)
    {
        options.DatabaseSchemaName = Schema;
        options.UseSystemTextJsonForSerialization(EnumStorage.AsString, Casing.CamelCase, ConfigureJson);
        options.Policies.AllDocumentsAreMultiTenanted();
        options.Events.TenancyStyle = TenancyStyle.Conjoined;
        options.Events.AppendMode = EventAppendMode.Quick;
        options.Events.UseAdvisoryLockTransaction = true;
        options.Events.MetadataConfig.EnableAll();

        Stream<Person>(options);
        Stream<AccessToken>(options).Index(t => t.Hash);
        Stream<Enrolment>(options).Index(e => e.StudentId);
        Stream<Cluster>(options).Index(c => c.OwnerId);
        Stream<Attempt>(options);
        Stream<AttemptView>(options).Index(a => a.StudentId).Index(a => a.Status);
        Stream<Conversation>(options).Index(c => c.StudentId);
        Stream<Mentorship>(options).Index(m => m.StudentId).Index(m => m.MentorId!);
        Stream<Classroom>(options);
        Stream<AttemptEnvironment>(options).Index(e => e.StudentId).Index(e => e.ClassroomId).Index(e => e.Status);
        Stream<QuizSitting>(options).Index(s => s.StudentId);
        Stream<Submission>(options).Index(s => s.Status);
        Stream<CurriculumHistory>(options);
        options.Schema.For<Receipt>().Index(r => r.At);
        options.Storage.ExtendedSchemaObjects.AddRange(PublishingTables.All);
    }

    public static void ConfigureJson(JsonSerializerOptions json) => json.RespectNullableAnnotations = false;

    private static MartenRegistry.DocumentMappingExpression<TState> Stream<TState>(StoreOptions options)
        where TState : class, IState<TState>
    {
        options.Projections.Add(new StateProjection<TState>(), ProjectionLifecycle.Inline);
        return options.Schema.For<TState>();
    }
}
