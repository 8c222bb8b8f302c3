package io.campanile.testkit.audience;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.campanile.domain.profile.ProfileId;

import org.junit.jupiter.params.provider.Arguments;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Rules with what becomes of them.
final class RuleCases {
    /// As stores compare profiles.
    static final Comparator<ProfileId> ORDER = Comparator.comparing(ProfileId::toString);

    /// People by name, with what is known of them. All read `de-AT` and live in Vienna.
    static final Map<String, Map<String, Object>> PEOPLE =
            Map.of(
                    "ada",
                    Map.of(
                            "plan",
                            "gold",
                            "age",
                            36,
                            "vip",
                            true,
                            "since",
                            "2024-05-01",
                            "tags",
                            List.of("a", 1),
                            "home",
                            Map.of("city", "Wien")),
                    "eve",
                    Map.of("plan", "silver", "age", 17.5, "vip", false, "home", "Linz"),
                    "joe",
                    Map.of("plan", 7, "age", "36", "vip", "true", "tags", "a", "a b", 1));

    private RuleCases() {}

    static Stream<Arguments> matching() {
        return Stream.of(
                arguments("true", List.of("ada", "eve", "joe", "nobody")),
                arguments("false", List.of()),
                arguments("profile.attributes.plan == \"gold\"", List.of("ada")),
                arguments("\"gold\" == profile.attributes.plan", List.of("ada")),
                arguments("profile.attributes[\"plan\"] == 'gold'", List.of("ada")),
                arguments("profile.attributes['a b'] == 1", List.of("joe")),
                arguments("profile.attributes.home.city == 'Wien'", List.of("ada")),
                // Who lacks it is in neither.
                arguments("profile.attributes.plan != 'gold'", List.of("eve", "joe")),
                arguments("!(profile.attributes.plan == 'gold')", List.of("eve", "joe")),
                arguments(
                        "!has(profile.attributes.plan) || profile.attributes.plan != 'gold'",
                        List.of("eve", "joe", "nobody")),
                arguments("has(profile.attributes.plan)", List.of("ada", "eve", "joe")),
                arguments("!has(profile.attributes.plan)", List.of("nobody")),
                arguments("has(profile.attributes.home.city)", List.of("ada")),
                // Another type is no match and no failure.
                arguments("profile.attributes.age == 36", List.of("ada")),
                arguments("profile.attributes.age == 36.0", List.of("ada")),
                arguments("profile.attributes.age > 17", List.of("ada", "eve")),
                arguments("18 > profile.attributes.age", List.of("eve")),
                arguments("profile.attributes.age >= '3'", List.of("joe")),
                arguments("profile.attributes.vip == true", List.of("ada")),
                arguments("profile.attributes.vip != true", List.of("eve", "joe")),
                arguments("profile.attributes.since < '2025-01-01'", List.of("ada")),
                arguments("profile.attributes.plan in ['gold', 7]", List.of("ada", "joe")),
                arguments("!(profile.attributes.plan in ['gold'])", List.of("eve", "joe")),
                arguments("'a' in profile.attributes.tags", List.of("ada")),
                arguments("1.0 in profile.attributes.tags", List.of("ada")),
                arguments("'city' in profile.attributes.home", List.of("ada")),
                arguments("profile.attributes.plan.startsWith('g')", List.of("ada")),
                arguments("!profile.attributes.plan.endsWith('d')", List.of("eve")),
                arguments("profile.attributes.plan.contains('l')", List.of("ada", "eve")),
                // A list has no parts with names.
                arguments("profile.attributes.tags['0'] == 'a'", List.of()),
                arguments("profile.locale == 'de-AT'", List.of("ada", "eve", "joe")),
                arguments("profile.locale == ''", List.of("nobody")),
                arguments("profile.locale.startsWith('de')", List.of("ada", "eve", "joe")),
                arguments(
                        "profile.time_zone in ['Europe/Vienna']",
                        List.of("ada", "eve", "joe", "nobody")),
                arguments(
                        "profile.create_time < timestamp('2026-03-01T13:00:01+01:00')",
                        List.of("ada", "eve", "joe", "nobody")),
                arguments("profile.update_time != timestamp('2026-03-01T12:00:00Z')", List.of()),
                arguments("consent('EMAIL') == 'GRANTED'", List.of("ada")),
                arguments("consent('EMAIL', 'news') == 'DENIED'", List.of("ada")),
                arguments("consent('ANY') == 'PENDING'", List.of("eve")),
                arguments(
                        "consent('EMAIL', 'news') in ['UNSET', 'GRANTED']",
                        List.of("eve", "joe", "nobody")),
                arguments("member('readers')", List.of("ada")),
                arguments("!member('readers')", List.of("eve", "joe", "nobody")),
                arguments("member('byrule') || member('missing')", List.of()),
                // && binds more tightly than ||.
                arguments("member('readers') || profile.locale == '' && false", List.of("ada")),
                arguments("(member('readers') || profile.locale == '') && false", List.of()),
                arguments("profile.attributes.gone == 1 || member('readers')", List.of("ada")),
                arguments(
                        "!(profile.attributes.gone == 1 && false)",
                        List.of("ada", "eve", "joe", "nobody")));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("profile.locale ==", 1, 18),
                arguments("profile.locale == 5", 1, 16),
                arguments("profile.language == 'de'", 1, 8),
                arguments("true &&\n  profil.locale == 'de'", 2, 3),
                arguments("profile.locale", 1, 8),
                arguments("profile.attributes.vip", 1, 19),
                arguments("profile.attributes['vip']", 1, 19),
                arguments("profile.attributes == {}", 1, 20),
                arguments("profile.attributes.a == profile.attributes.b", 1, 22),
                arguments("1 == 1", 1, 3),
                arguments("1", 1, 1),
                arguments("null", 1, 1),
                arguments("null && true", 1, 6),
                arguments("dyn('x') && true", 1, 4),
                arguments("profile.attributes.a && true", 1, 19),
                arguments("profile == profile", 1, 9),
                arguments("profile == 1", 1, 9),
                arguments("Profile{locale: 'de'}.locale == 'de'", 1, 8),
                arguments("[1] == profile.attributes.a", 1, 5),
                arguments("profile.attributes.a.filter(x, x > 1) == 1", 1, 39),
                arguments("profile.attributes.a == null", 1, 25),
                arguments("profile.attributes.a == 5u", 1, 25),
                arguments("profile.attributes.a == b'x'", 1, 25),
                arguments("profile.attributes.a < true", 1, 22),
                arguments("profile.attributes.a == 9007199254740993", 1, 25),
                arguments("profile.attributes.a > 1e999", 1, 24),
                arguments("profile.attributes.a == 'x\\u0000'", 1, 25),
                arguments("profile.attributes['\\u0000'] == 1", 1, 20),
                arguments("profile.attributes.a[0] == 1", 1, 22),
                arguments("profile.attributes.a + 1 == 2", 1, 22),
                arguments("profile.attributes.a == 1 ? true : false", 1, 27),
                arguments("profile.attributes.a.matches('x')", 1, 29),
                arguments("size(profile.attributes.a) > 1", 1, 5),
                arguments("profile.attributes.a.exists(x, x == 1)", 1, 28),
                arguments("profile.attributes.a.all(x, x == 1)", 1, 25),
                arguments("profile.attributes.a.startsWith(profile.locale)", 1, 40),
                arguments("profile.attributes.a in []", 1, 22),
                arguments("profile.attributes.a in [[1]]", 1, 26),
                arguments("profile.locale in ['de', 1]", 1, 26),
                arguments("'a' in profile.attributes", 1, 15),
                arguments("has(profile.locale)", 1, 4),
                arguments("profile.create_time < timestamp('yesterday')", 1, 33),
                arguments("profile.create_time < timestamp('2026-03-01T12:00:00.0000001Z')", 1, 33),
                arguments("profile.attributes.a < timestamp('2026-03-01T12:00:00Z')", 1, 22),
                arguments("consent('FAX') == 'GRANTED'", 1, 9),
                arguments("consent('EMAIL') == 'granted'", 1, 18),
                arguments("consent('EMAIL') != 'NO'", 1, 18),
                arguments("consent('EMAIL') > 'DENIED'", 1, 18),
                arguments("consent('EMAIL') in ['GRANTED', 'YES']", 1, 33),
                arguments("consent('EMAIL', 'news').startsWith('G')", 1, 37),
                arguments("consent('EMAIL', 'Our News') == 'GRANTED'", 1, 18),
                arguments("consent(profile.locale) == 'GRANTED'", 1, 16),
                arguments("member('Readers')", 1, 8),
                arguments("member('readers', 1)", 1, 7),
                arguments("true &&\n  // why not\n  member(profile.locale)", 3, 17));
    }

    static Stream<String> tooMuch() {
        return Stream.of(
                "(".repeat(2_000) + "true" + ")".repeat(2_000),
                "profile.attributes" + ".a".repeat(2_000) + " == 1",
                "true ? true : ".repeat(290) + "true");
    }

    static Stream<String> nastyTexts() {
        return Stream.of(
                "'",
                "''; DROP TABLE profile; --",
                "\"",
                "\\",
                "\\'",
                "%",
                "_",
                "a%b",
                ":rule0",
                "?",
                "{}",
                "$1",
                "ä\u0308",
                "日本",
                "😀",
                "\t\r\n\u0001",
                "\u2028");
    }
}
