package io.campanile.testkit.audience;

import io.campanile.domain.consent.ConsentState;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Valid rules, and people whom some of them match: few names and values, so that they meet.
final class RandomRules {
    private static final int DEEPEST = 3;

    private static final List<String> TEXTS =
            List.of(
                    "",
                    "a",
                    "A",
                    "ab",
                    "b%",
                    "_",
                    "'",
                    "\"",
                    "\\",
                    "ä",
                    "日本",
                    "a\nb",
                    "true",
                    "5",
                    "k",
                    "\uFFFD",
                    "\uD83D\uDE00");

    private static final List<Number> NUMBERS =
            List.of(0, -0.0, 1, -1, 5, 5.5, 0.1, -2.5e-7, 1e300, 9_007_199_254_740_992L);

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "m", "l");
    private static final List<String> KEYS = List.of("k", "a b", "it's");
    private static final List<String> TOPICS = List.of("news", "offers");
    private static final List<String> LOCALES = List.of("", "de", "de-AT", "en");

    private final SplittableRandom random;

    RandomRules(SplittableRandom random) {
        this.random = random;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean isListed() {
        return random.nextInt(3) == 0;
    }

    String locale() {
        return one(LOCALES);
    }

    Map<String, ConsentState> consents() {
        Map<String, ConsentState> consents = new LinkedHashMap<>();
        for (String topic : List.of("", "news", "offers")) {
            if (random.nextBoolean()) {
                consents.put(topic, one(List.of(ConsentState.values())));
            }
        }
        return consents;
    }

    Map<String, Object> attributes() {
        Map<String, Object> attributes = new HashMap<>();
        for (String name : NAMES) {
            if (random.nextInt(5) > 0) {
                attributes.put(name, value(name));
            }
        }
        return attributes;
    }

    private Object value(String name) {
        return switch (random.nextInt(4) == 0 ? one(NAMES) : name) {
            case "m" -> map();
            case "l" -> list();
            default -> scalar();
        };
    }

    private Object scalar() {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextBoolean();
            case 1, 2 -> one(NUMBERS);
            default -> one(TEXTS);
        };
    }

    private Map<String, Object> map() {
        Map<String, Object> map = new HashMap<>();
        for (String key : KEYS) {
            switch (random.nextInt(5)) {
                case 0 -> {}
                case 1 -> map.put(key, null);
                case 2 -> map.put(key, new HashMap<>(Map.of("k", scalar())));
                default -> map.put(key, scalar());
            }
        }
        return map;
    }

    private List<Object> list() {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(random.nextInt(8) == 0 ? List.of(scalar()) : scalar());
        }
        return list;
    }

    String rule() {
        return condition(DEEPEST);
    }

    private String condition(int depth) {
        return switch (depth == 0 ? 9 : random.nextInt(10)) {
            case 0, 1 -> condition(depth - 1) + " && " + condition(depth - 1);
            case 2, 3 -> condition(depth - 1) + " || " + condition(depth - 1);
            case 4 -> "(" + condition(depth - 1) + " || " + condition(depth - 1) + ")";
            case 5, 6 -> "!(" + condition(depth - 1) + ")";
            default -> test();
        };
    }

    private String test() {
        String attribute = random.nextInt(5) == 0 ? inBrackets() : attribute();
        return switch (random.nextInt(14)) {
            case 0 -> "member('readers')";
            case 1 -> "consent('EMAIL') " + equality() + " " + state();
            case 2 -> "consent('EMAIL', '" + one(TOPICS) + "') in [" + state() + "]";
            case 3 -> "profile.locale " + comparator() + " " + literal(one(LOCALES));
            case 4 -> "has(" + attribute() + ")";
            case 5 -> attribute + " in [" + literals() + "]";
            case 6 -> literal() + " in " + attribute;
            case 7, 8 ->
                    attribute
                            + one(List.of(".startsWith", ".endsWith", ".contains"))
                            + "("
                            + literal(one(TEXTS))
                            + ")";
            case 9, 10 -> attribute + " " + equality() + " " + literal();
            case 11 -> ordered() + " " + comparator() + " " + attribute;
            default -> attribute + " " + comparator() + " " + ordered();
        };
    }

    /// The last step is a plain name, so that `has()` takes it too.
    private String attribute() {
        return "profile.attributes."
                + switch (random.nextInt(6)) {
                    case 0 -> one(NAMES) + "[" + literal(one(KEYS)) + "].k";
                    case 1 -> "m.k";
                    default -> one(NAMES);
                };
    }

    private String inBrackets() {
        return "profile.attributes." + one(NAMES) + "[" + literal(one(KEYS)) + "]";
    }

    private String equality() {
        return random.nextBoolean() ? "==" : "!=";
    }

    private String comparator() {
        return one(List.of("==", "!=", "<", "<=", ">", ">="));
    }

    private String state() {
        return "'" + one(List.of("GRANTED", "DENIED", "PENDING", "UNSET")) + "'";
    }

    private String literals() {
        return IntStream.range(0, random.nextInt(1, 4))
                .mapToObj(_ -> literal())
                .collect(Collectors.joining(", "));
    }

    private String literal() {
        return random.nextInt(5) == 0 ? Boolean.toString(random.nextBoolean()) : ordered();
    }

    private String ordered() {
        return random.nextBoolean() ? String.valueOf(one(NUMBERS)) : literal(one(TEXTS));
    }

    /// The text as CEL writes it.
    static String literal(String text) {
        return text.chars()
                .mapToObj(RandomRules::escaped)
                .collect(Collectors.joining("", "\"", "\""));
    }

    private static String escaped(int unit) {
        return switch (unit) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            default -> String.valueOf((char) unit);
        };
    }
}
