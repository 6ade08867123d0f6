using Academy.Domain;
using FluentValidation;
using MediatR;

namespace Academy.Features.Door;

/// <summary>The only place where input is validated: once, for people, programs, plugins and jobs alike.</summary>
internal sealed class Validate<TRequest, TReply>(IEnumerable<IValidator<TRequest>> validators) : IPipelineBehavior<TRequest, TReply>
    where TRequest : IRequest<TReply>
    where TReply : IReply<TReply>
{
    public async Task<TReply> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TReply> next)
    {
        var errors = validators
            .SelectMany(v => v.Validate(request).Errors)
            .Select(e => new FieldError(CamelCase(e.PropertyName), e.ErrorMessage))
            .ToList();
        return errors.Count == 0
            ? await next()
            : TReply.Refused(new(RefusalKind.Invalid, "input.invalid", "Some of the input is not acceptable; see errors.") { Fields = errors });
    }

    private static string CamelCase(string path) => path.Length == 0 ? path : char.ToLowerInvariant(path[0]) + path[1..];
}
