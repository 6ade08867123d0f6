using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Academy.Domain.Quizzes;

/// <summary>The order in which a sitting shows the options of a question: always the same for one sitting, another for the next.</summary>
public static class OptionOrder
{
    private const int MostOptions = 16;

    /// <summary>Fisher–Yates, with SHA-256 of the sitting and the question as the source of chance.</summary>
    /// <param name="count">How many options there are, 0 to 16.</param>
    /// <returns>For each place on the page the place in the author's file.</returns>
    public static IReadOnlyList<int> Of(Guid sitting, string question, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostOptions);
        var order = Enumerable.Range(0, count).ToArray();
        var chance = SHA256.HashData(Encoding.UTF8.GetBytes($"{sitting:N} {question}"));
        for (var last = count - 1; last > 0; last--)
        {
            // Two bytes for each of at most 15 steps: the bias of the remainder is below a thousandth.
            var other = BinaryPrimitives.ReadUInt16BigEndian(chance.AsSpan(2 * last)) % (last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }
}
