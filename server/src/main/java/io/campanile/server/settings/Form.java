package io.campanile.server.settings;

import io.campanile.server.Secret;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the value of a setting looks like.
///
/// @param text completes "must be …"
/// @param secret whether it may not be given as a flag, which other users of the machine could see
/// @param parser throws IllegalArgumentException for a value of another form; its message is not
///   used
record Form<T>(String text, boolean secret, Parser<T> parser) {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    /// Reads a value.
    interface Parser<T> {
        T parse(String value);
    }

    static final Form<String> TEXT = new Form<>("text", false, value -> value);
    static final Form<Secret> SECRET = new Form<>("text", true, Secret::new);
    static final Form<Secret> API_KEY =
            secret("cmp_ and 43 to 128 of A-Z, a-z, 0-9, - and _", "cmp_[A-Za-z0-9_-]{43,128}");

    /// Without what is a secret, and without what the connections are opened with: it would win.
    static final Form<String> DATABASE_URL =
            matching(
                    "a URL such as jdbc:postgresql://host:5432/campanile, without user, password"
                            + " and what Campanile sets itself (options, socketTimeout,"
                            + " prepareThreshold and the like)",
                    "jdbc:postgresql:(?!(//)?[^/?]*@)(?!.*[?&](user|password|sslpassword|options"
                            + "|socketTimeout|prepareThreshold|binaryTransferEnable"
                            + "|logServerErrorDetail)=)\\S+");

    static final Form<Path> FOLDER = new Form<>("a folder", false, Path::of);
    static final Form<Path> FILE = new Form<>("a file that can be read", false, Form::readable);
    static final Form<Path> CERTIFICATES =
            new Form<>(
                    "a file with certificates (PEM)",
                    false,
                    value -> PemFile.withCertificates(readable(value)));
    static final Form<Path> PRIVATE_KEY =
            new Form<>(
                    "a file with an RSA or EC private key (PEM, PKCS #8)",
                    false,
                    value -> PemFile.withPrivateKey(readable(value)));
    static final Form<Boolean> SWITCH = new Form<>("true or false", false, Form::trueOrFalse);

    static Form<Integer> number(int least, int most) {
        return new Form<>(
                "a whole number from %d to %d".formatted(least, most),
                false,
                value -> {
                    int number = Integer.parseInt(value);
                    check(number >= least && number <= most);
                    return number;
                });
    }

    static Form<Duration> duration(String least, String most) {
        Duration shortest = duration(least);
        Duration longest = duration(most);
        return new Form<>(
                "a duration such as 10s from %s to %s (ms, s, m, h, d)".formatted(least, most),
                false,
                value -> {
                    Duration duration = duration(value);
                    check(duration.compareTo(shortest) >= 0 && duration.compareTo(longest) <= 0);
                    return duration;
                });
    }

    static <E extends Enum<E>> Form<E> choice(Class<E> type) {
        List<String> names =
                Arrays.stream(type.getEnumConstants())
                        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                        .toList();
        return new Form<>(
                "one of " + String.join(", ", names),
                false,
                value -> {
                    check(names.contains(value));
                    return Enum.valueOf(type, value.toUpperCase(Locale.ROOT));
                });
    }

    static Form<String> matching(String text, String pattern) {
        return new Form<>(
                text,
                false,
                value -> {
                    check(value.matches(pattern));
                    return value;
                });
    }

    static Form<Secret> secret(String text, String pattern) {
        return new Form<>(
                text,
                true,
                value -> {
                    check(value.matches(pattern));
                    return new Secret(value);
                });
    }

    /// The form of a setting that may be left out.
    Form<Optional<T>> optional() {
        return new Form<>(
                text,
                secret,
                value -> value.isEmpty() ? Optional.empty() : Optional.of(parser.parse(value)));
    }

    private static Duration duration(String value) {
        Matcher matcher = DURATION.matcher(value);
        check(matcher.matches());
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private static boolean trueOrFalse(String value) {
        check(value.equals("true") || value.equals("false"));
        return value.equals("true");
    }

    private static Path readable(String value) {
        Path file = Path.of(value);
        check(Files.isReadable(file) && !Files.isDirectory(file));
        return file;
    }

    private static void check(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException("of another form");
        }
    }
}
