package io.campanile.persistence.rule;

import dev.cel.common.Operator;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;

import io.campanile.domain.channel.Channel;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.persistence.SqlTimes;
import io.campanile.persistence.rule.Condition.Comparator;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Understands what a rule asks about and what it is compared with. Whatever comes to nothing has
/// been refused with the reason.
final class OperandReader {
    /// Attributes are doubles: beyond it, not every whole number is one.
    private static final long LARGEST_WHOLE_NUMBER = 1L << 53;

    /// What a question for consent is answered.
    private static final Set<String> SAID = Set.of("GRANTED", "DENIED", "PENDING", "UNSET");

    private static final String ANY_CHANNEL = "ANY";

    private final BiConsumer<CelExpr, String> refuse;

    OperandReader(BiConsumer<CelExpr, String> refuse) {
        this.refuse = refuse;
    }

    static boolean isLiteral(CelExpr expression) {
        return expression.getKind() == Kind.CONSTANT
                || (expression.getKind() == Kind.CALL
                        && expression.call().function().equals("timestamp"));
    }

    Optional<Operand> operand(CelExpr expression) {
        return switch (expression.getKind()) {
            case CALL -> called(expression);
            case SELECT, IDENT -> path(expression);
            case CONSTANT, LIST, STRUCT, MAP, COMPREHENSION, NOT_SET ->
                    refused(expression, "Here stands something of the profile, or a consent.");
        };
    }

    private Optional<Operand> called(CelExpr expression) {
        if (isIndex(expression)) {
            return path(expression);
        }
        return expression.call().function().equals("consent")
                ? consent(expression.call())
                : refused(
                        expression,
                        "No value is computed in a rule: "
                                + function(expression)
                                + " is no part of it.");
    }

    private static String function(CelExpr expression) {
        String name = expression.call().function();
        return Operator.findReverse(name).isPresent() ? "the operator" : name;
    }

    private static boolean isIndex(CelExpr expression) {
        return Operator.findReverse(expression.call().function())
                .filter(operator -> operator == Operator.INDEX)
                .isPresent();
    }

    /// The steps from `profile` on.
    private Optional<Operand> path(CelExpr expression) {
        var steps = new ArrayList<String>();
        CelExpr at = expression;
        while (at.getKind() != Kind.IDENT) {
            Optional<String> step = step(at);
            if (step.isEmpty()) {
                return Optional.empty();
            }
            steps.addFirst(step.get());
            at = at.getKind() == Kind.SELECT ? at.select().operand() : at.call().args().getFirst();
        }
        return steps.isEmpty()
                ? refused(expression, "Name something of it, as in profile.locale.")
                : ofProfile(expression, steps);
    }

    private Optional<String> step(CelExpr expression) {
        if (expression.getKind() == Kind.SELECT && !expression.select().testOnly()) {
            return Optional.of(expression.select().field());
        }
        if (expression.getKind() != Kind.CALL || !isIndex(expression)) {
            return refused(expression, "Here stands something of the profile, or a consent.");
        }
        CelExpr key = expression.call().args().getLast();
        return isText(key)
                ? storable(key)
                : refused(key, "Only maps have parts with names: write a literal text here.");
    }

    private Optional<Operand> ofProfile(CelExpr expression, List<String> steps) {
        String field = steps.getFirst();
        if (field.equals("attributes")) {
            return steps.size() == 1
                    ? refused(expression, "Name one of them, as in profile.attributes.plan.")
                    : Optional.of(new Operand.Attribute(steps.subList(1, steps.size())));
        }
        return switch (field) {
            case "locale" -> Optional.of(new Operand.Locale());
            case "time_zone" -> Optional.of(new Operand.TimeZone());
            case "create_time" -> Optional.of(new Operand.CreateTime());
            case "update_time" -> Optional.of(new Operand.UpdateTime());
            default -> throw new IllegalStateException("the checker knows no " + field);
        };
    }

    /// The attribute that `has()` asks for; nothing for whatever else it asks for.
    Optional<Operand.Attribute> hasPath(CelExpr expression) {
        if (expression.select().operand().getKind() == Kind.IDENT) {
            return refused(
                    expression, "has() asks for an attribute, as in has(profile.attributes.plan).");
        }
        Optional<Operand> within =
                isAttributes(expression.select().operand())
                        ? Optional.of(new Operand.Attribute(List.of()))
                        : operand(expression.select().operand());
        if (within.isPresent() && within.get() instanceof Operand.Attribute(var path)) {
            String last = expression.select().field();
            return Optional.of(
                    new Operand.Attribute(Stream.concat(path.stream(), Stream.of(last)).toList()));
        }
        return within.isEmpty()
                ? Optional.empty()
                : refused(
                        expression,
                        "has() asks for an attribute, as in has(profile.attributes.plan).");
    }

    private static boolean isAttributes(CelExpr expression) {
        return expression.getKind() == Kind.SELECT
                && expression.select().operand().getKind() == Kind.IDENT
                && expression.select().field().equals("attributes");
    }

    private Optional<Operand> consent(CelCall call) {
        CelExpr channel = call.args().getFirst();
        if (!isText(channel) || !isChannel(channel.constant().stringValue())) {
            return refused(channel, "consent() takes a channel first: \"EMAIL\", or \"ANY\".");
        }
        if (call.args().size() == 1) {
            return Optional.of(new Operand.Consent(channel.constant().stringValue(), ""));
        }
        CelExpr topic = call.args().getLast();
        return chosenId(topic)
                .<Operand>map(id -> new Operand.Consent(channel.constant().stringValue(), id))
                .or(() -> refused(topic, "consent() takes a topic second, as in \"news\"."));
    }

    private static boolean isChannel(String name) {
        return name.equals(ANY_CHANNEL)
                || Arrays.stream(Channel.values()).anyMatch(known -> known.name().equals(name));
    }

    /// The literal text, if it is an id as people choose them. Refuses nothing.
    static Optional<String> chosenId(CelExpr expression) {
        return isText(expression)
                ? Optional.of(expression.constant().stringValue())
                        .filter(id -> WorkspaceId.CHOSEN_ID.matcher(id).matches())
                : Optional.empty();
    }

    Optional<Literal> literal(CelExpr expression) {
        if (expression.getKind() == Kind.CALL && expression.call().function().equals("timestamp")) {
            return time(expression.call().args().getFirst());
        }
        if (expression.getKind() != Kind.CONSTANT) {
            return refused(expression, "Here stands a literal.");
        }
        CelConstant constant = expression.constant();
        return switch (constant.getKind()) {
            case STRING_VALUE -> storable(expression).map(Literal.Text::new);
            case BOOLEAN_VALUE -> Optional.of(new Literal.Truth(constant.booleanValue()));
            case INT64_VALUE -> whole(expression, constant.int64Value());
            case DOUBLE_VALUE -> real(expression, constant.doubleValue());
            case NULL_VALUE ->
                    refused(
                            expression,
                            "null is no part of rules; has() asks whether something is there.");
            default ->
                    refused(
                            expression,
                            "Literals are texts, numbers, true, false and timestamp().");
        };
    }

    private Optional<Literal> whole(CelExpr expression, long value) {
        return Math.abs(value) <= LARGEST_WHOLE_NUMBER && value != Long.MIN_VALUE
                ? Optional.of(new Literal.Numeric(BigDecimal.valueOf(value)))
                : refused(expression, "Attributes are exact up to 2^53: the number is too large.");
    }

    private Optional<Literal> real(CelExpr expression, double value) {
        return Double.isFinite(value)
                ? Optional.of(new Literal.Numeric(BigDecimal.valueOf(value)))
                : refused(expression, "The number is too large.");
    }

    private Optional<Literal> time(CelExpr text) {
        if (!isText(text)) {
            return refused(text, "timestamp() takes a literal text.");
        }
        try {
            Instant time = OffsetDateTime.parse(text.constant().stringValue()).toInstant();
            return time.equals(time.truncatedTo(ChronoUnit.MICROS)) && SqlTimes.isWithin(time)
                    ? Optional.of(new Literal.Time(time))
                    : refused(
                            text, "Times have microseconds at most, and four digits for the year.");
        } catch (DateTimeException _) {
            return refused(text, "Write the time as in timestamp(\"2026-03-01T12:00:00Z\").");
        }
    }

    /// The literal text, if the database can hold it.
    private Optional<String> storable(CelExpr expression) {
        String text = expression.constant().stringValue();
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text)
                ? Optional.of(text)
                : refused(expression, "The text has a character that is stored nowhere.");
    }

    private static boolean isText(CelExpr expression) {
        return expression.getKind() == Kind.CONSTANT
                && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private <T> Optional<T> refused(CelExpr expression, String text) {
        refuse.accept(expression, text);
        return Optional.empty();
    }

    /// Why the two cannot be compared so; nothing when they can. The checker has seen to it where
    /// it knew both types.
    static Optional<String> misfit(Operand operand, Comparator comparator, Literal literal) {
        return switch (operand) {
            case Operand.Attribute _ when literal instanceof Literal.Time ->
                    Optional.of("Attributes hold no times; compare a text such as \"2026-03-01\".");
            case Operand.Attribute _
                    when literal instanceof Literal.Truth && comparator.isAboutOrder() ->
                    Optional.of("true and false have no order.");
            case Operand.Attribute _ -> Optional.empty();
            case Operand.Consent _ when comparator.isAboutOrder() ->
                    Optional.of("What somebody said has no order.");
            case Operand.Consent _ ->
                    literal instanceof Literal.Text(var text) && SAID.contains(text)
                            ? Optional.empty()
                            : Optional.of("Write one of GRANTED, DENIED, PENDING and UNSET.");
            case Operand.Locale _, Operand.TimeZone _ ->
                    literal instanceof Literal.Text
                            ? Optional.empty()
                            : Optional.of("This is a text, and compared with texts.");
            case Operand.CreateTime _, Operand.UpdateTime _ ->
                    literal instanceof Literal.Time
                            ? Optional.empty()
                            : Optional.of("This is a time, and compared with timestamp().");
        };
    }
}
