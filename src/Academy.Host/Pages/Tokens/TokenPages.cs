using Academy.Features.SigningIn;
using Academy.Features.Storing;
using Academy.Host.Pages.Frame;

namespace Academy.Host.Pages.Tokens;

public sealed record TokensModel(Page<TokenView> Tokens, string? Cursor);

internal static class TokenPages
{
    public static async Task<IResult> Tokens(Visitor visitor, string? cursor, CancellationToken ct)
    {
        var tokens = await visitor.Ask(new ListTokens(cursor), ct);
        return visitor.Show<TokensPage, TokensModel>(() => new(tokens!, cursor));
    }
}
