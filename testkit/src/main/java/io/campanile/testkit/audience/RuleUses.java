package io.campanile.testkit.audience;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.campanile.domain.audience.AttributeQuestion;
import io.campanile.domain.audience.AttributeQuestion.Compared;
import io.campanile.domain.audience.AttributeQuestion.Holds;
import io.campanile.domain.audience.AttributeQuestion.Present;
import io.campanile.domain.audience.AttributeQuestion.Searched;
import io.campanile.domain.audience.AttributeUse;
import io.campanile.domain.schema.AttributeType;

import org.junit.jupiter.params.provider.Arguments;

import java.util.List;
import java.util.stream.Stream;

/// Rules with what they ask of attributes.
final class RuleUses {
    private static final AttributeQuestion TEXT = new Compared(AttributeType.STRING);
    private static final AttributeQuestion NUMBER = new Compared(AttributeType.NUMBER);
    private static final AttributeQuestion TRUTH = new Compared(AttributeType.BOOLEAN);
    private static final List<String> A = List.of("a");

    private RuleUses() {}

    private static Arguments of(String rule, AttributeUse... uses) {
        return arguments(rule, List.of(uses));
    }

    private static AttributeUse use(List<String> path, AttributeQuestion question, int column) {
        return new AttributeUse(path, question, 1, column);
    }

    static Stream<Arguments> all() {
        return Stream.of(
                of("profile.attributes.a == 'x'", use(A, TEXT, 19)),
                of("profile.attributes.a != 1", use(A, NUMBER, 19)),
                of("profile.attributes.a >= 1.5", use(A, NUMBER, 19)),
                of("profile.attributes.a == true", use(A, TRUTH, 19)),
                of("18 < profile.attributes.a", use(A, NUMBER, 24)),
                of("profile.attributes['a'] == 'x'", use(A, TEXT, 19)),
                of("profile.attributes['b c'].a < 'x'", use(List.of("b c", "a"), TEXT, 26)),
                of("profile.attributes.b['d.e'] == 1", use(List.of("b", "d.e"), NUMBER, 21)),
                of("has(profile.attributes.a)", use(A, new Present(), 4)),
                of("!has(profile.attributes.b.a)", use(List.of("b", "a"), new Present(), 5)),
                of("profile.attributes.a.startsWith('x')", use(A, new Searched(), 19)),
                of("profile.attributes.a.endsWith('x')", use(A, new Searched(), 19)),
                of("profile.attributes.a.contains('x')", use(A, new Searched(), 19)),
                of("'x' in profile.attributes.a", use(A, new Holds("x"), 26)),
                of("1 in profile.attributes.a", use(A, new Holds(null), 24)),
                of("false in profile.attributes.a", use(A, new Holds(null), 28)),
                of("profile.attributes.a in ['x', 'y']", use(A, TEXT, 19)),
                of(
                        "profile.attributes.a in ['x', 7, 'y', true]",
                        use(A, TEXT, 19),
                        use(A, NUMBER, 19),
                        use(A, TRUTH, 19)),
                of(
                        "true &&\n  (profile.attributes.a == 'x' ||\n!has(profile.attributes.a))",
                        new AttributeUse(A, TEXT, 2, 22),
                        new AttributeUse(A, new Present(), 3, 5)),
                // The same in two places.
                of(
                        "profile.attributes.a > 1 && profile.attributes.a < 9",
                        use(A, NUMBER, 19),
                        use(A, NUMBER, 47)),
                of("profile.locale == 'de' && profile.time_zone.startsWith('Europe/')"),
                of("consent('EMAIL') in ['GRANTED'] || member('readers')"));
    }
}
