package io.campanile.domain.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class AddressShapeTest {
    private static final String WORD = "[^\\x00-\\x20\\x7F@\"(),:;<>\\[\\]\\\\.\\p{C}\\p{Z}]{1,64}";
    private static final String LABEL =
            "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}\\p{M}-]{0,61}[\\p{L}\\p{N}\\p{M}])?";
    private static final Pattern GRAMMAR =
            Pattern.compile(WORD + "(?:\\." + WORD + ")*@" + LABEL + "(?:\\." + LABEL + ")*");

    /// Each of what the grammar tells apart: letters, numbers and marks of several kinds, what
    /// means something in an address, blanks, controls, halves of surrogate pairs.
    private static final String[] PIECES = {
        "a",
        "Z",
        "7",
        "-",
        ".",
        "\u00fc",
        "\u01c5",
        "\u02b0",
        "\u0930",
        "\u093e",
        "\u20dd",
        "\u0903",
        "\u2160",
        "\u00bd",
        "\ud835\udd38",
        "x.y",
        "example.com",
        "a".repeat(62),
        "\u00fc".repeat(63),
        "@",
        "\ud83d\ude00",
        "\ud835",
        "\udd38",
        "\"",
        "(",
        ")",
        ",",
        ":",
        ";",
        "<",
        ">",
        "[",
        "]",
        "\\",
        " ",
        "\u007f",
        "\u0000",
        "\u001f",
        "\u00a0",
        "\u0085",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\ue000",
        "\u0378",
        "\u2028",
        "+",
        "'",
        "_",
        "!",
        "a@b"
    };

    private static final int ORDINARY = 19;

    @Test
    void isThatOfTheGrammar() {
        var random = new Random(20261130);
        long fitting = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = text(random);
            boolean fits = AddressShape.fits(text);
            assertThat(fits).as(text).isEqualTo(fitsGrammar(text));
            fitting += fits ? 1 : 0;
        }
        assertThat(fitting).isGreaterThan(5_000);
    }

    private static boolean fitsGrammar(String text) {
        return text.lastIndexOf('@') <= 64 && GRAMMAR.matcher(text).matches();
    }

    private static String text(Random random) {
        return pieces(random) + (random.nextInt(4) == 0 ? "" : "@") + pieces(random);
    }

    /// Mostly of what may stand in an address.
    private static String pieces(Random random) {
        int most = random.nextInt(8) == 0 ? PIECES.length : ORDINARY;
        return IntStream.range(0, random.nextInt(1, 5))
                .mapToObj(_ -> PIECES[random.nextInt(most)])
                .collect(Collectors.joining());
    }
}
