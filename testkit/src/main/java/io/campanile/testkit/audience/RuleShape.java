package io.campanile.testkit.audience;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;

import io.campanile.domain.audience.AttributeQuestion;
import io.campanile.domain.audience.AttributeUse;
import io.campanile.domain.audience.MemberReference;
import io.campanile.domain.audience.RuleProblem;
import io.campanile.domain.schema.AttributeType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Whether CEL of the right types keeps to the part that rules may use.
final class RuleShape {
    private static final Set<String> LOGIC = Set.of("_&&_", "_||_", "!_");
    private static final Set<String> ORDER = Set.of("_<_", "_<=_", "_>_", "_>=_");
    private static final Set<String> SEARCH = Set.of("startsWith", "endsWith", "contains");
    private static final Set<String> SAID = Set.of("GRANTED", "DENIED", "PENDING", "UNSET");
    private static final String CHOSEN_ID = "[a-z][a-z0-9-]{0,62}";

    private enum Type {
        ANY,
        TEXT,
        NUMBER,
        TRUTH,
        TIME,
        SAID
    }

    private final CelAbstractSyntaxTree tree;
    private final List<MemberReference> references = new ArrayList<>();
    private final Set<AttributeUse> attributes = new LinkedHashSet<>();
    private final Optional<RuleProblem> problem;

    RuleShape(CelAbstractSyntaxTree tree) {
        this.tree = tree;
        this.problem = walked();
    }

    private Optional<RuleProblem> walked() {
        try {
            condition(tree.getExpr());
            return Optional.empty();
        } catch (Refused refused) {
            CelSourceLocation at = location(refused.place);
            return Optional.of(
                    new RuleProblem(at.getLine(), at.getColumn() + 1, "This is no part of rules."));
        }
    }

    Optional<RuleProblem> problem() {
        return problem;
    }

    List<MemberReference> references() {
        return references;
    }

    List<AttributeUse> attributes() {
        return List.copyOf(attributes);
    }

    private CelSourceLocation location(CelExpr expression) {
        int offset = tree.getSource().getPositionsMap().getOrDefault(expression.id(), 0);
        return tree.getSource().getOffsetLocation(offset).orElseThrow();
    }

    private void condition(CelExpr expression) {
        switch (expression.getKind()) {
            case CONSTANT -> {}
            case SELECT -> has(expression);
            case CALL -> call(expression, expression.call().function(), expression.call().args());
            default -> throw new Refused(expression);
        }
    }

    private void has(CelExpr expression) {
        CelExpr in = expression.select().operand();
        require(expression.select().testOnly(), expression);
        require(in.getKind() != Kind.IDENT, expression);
        boolean isAttribute =
                (in.getKind() == Kind.SELECT && in.select().operand().getKind() == Kind.IDENT)
                        ? in.select().field().equals("attributes")
                        : operand(in) == Type.ANY;
        require(isAttribute, expression);
        Stream<String> last = Stream.of(expression.select().field());
        use(
                expression,
                Stream.concat(path(in).stream(), last).toList(),
                new AttributeQuestion.Present());
    }

    private void call(CelExpr expression, String function, List<CelExpr> arguments) {
        if (LOGIC.contains(function)) {
            arguments.forEach(this::condition);
        } else if (function.equals("member")) {
            require(isChosenId(arguments.getFirst()), arguments.getFirst());
            CelSourceLocation at = location(expression);
            references.add(
                    new MemberReference(
                            arguments.getFirst().constant().stringValue(),
                            at.getLine(),
                            at.getColumn() + 1));
        } else if (SEARCH.contains(function)) {
            require(literal(arguments.getFirst()) == Type.TEXT, arguments.getFirst());
            CelExpr searched = expression.call().target().orElseThrow();
            Type type = operand(searched);
            require(type != Type.SAID, arguments.getFirst());
            if (type == Type.ANY) {
                use(searched, path(searched), new AttributeQuestion.Searched());
            }
        } else if (function.equals("@in")) {
            in(expression, arguments.getFirst(), arguments.getLast());
        } else {
            boolean isOrder = ORDER.contains(function);
            require(isOrder || Set.of("_==_", "_!=_").contains(function), expression);
            comparison(expression, isOrder, arguments.getFirst(), arguments.getLast());
        }
    }

    private void comparison(CelExpr expression, boolean isOrder, CelExpr left, CelExpr right) {
        require(isLiteral(left) != isLiteral(right), expression);
        CelExpr constant = isLiteral(left) ? left : right;
        Type literal = literal(constant);
        CelExpr compared = isLiteral(left) ? right : left;
        Type operand = operand(compared);
        boolean isOrdered = literal != Type.TRUTH && operand != Type.SAID;
        require(fits(operand, literal, constant) && (isOrdered || !isOrder), expression);
        compare(compared, operand, literal);
    }

    private void in(CelExpr expression, CelExpr element, CelExpr container) {
        if (container.getKind() != Kind.LIST) {
            Type literal = literal(element);
            require(operand(container) == Type.ANY && fits(Type.ANY, literal, element), expression);
            String key = literal == Type.TEXT ? element.constant().stringValue() : null;
            use(container, path(container), new AttributeQuestion.Holds(key));
            return;
        }
        require(!container.list().elements().isEmpty(), expression);
        Type operand = operand(element);
        for (CelExpr one : container.list().elements()) {
            require(fits(operand, literal(one), one), one);
            compare(element, operand, literal(one));
        }
    }

    private void compare(CelExpr compared, Type operand, Type literal) {
        if (operand == Type.ANY) {
            use(
                    compared,
                    path(compared),
                    new AttributeQuestion.Compared(
                            switch (literal) {
                                case TEXT -> AttributeType.STRING;
                                case NUMBER -> AttributeType.NUMBER;
                                case TRUTH -> AttributeType.BOOLEAN;
                                case ANY, TIME, SAID -> throw new Refused(compared);
                            }));
        }
    }

    private void use(CelExpr place, List<String> path, AttributeQuestion question) {
        CelSourceLocation at = location(place);
        attributes.add(new AttributeUse(path, question, at.getLine(), at.getColumn() + 1));
    }

    /// The names after `profile.attributes`.
    private static List<String> path(CelExpr attribute) {
        var names = new ArrayList<String>();
        for (CelExpr at = attribute; at.getKind() != Kind.IDENT; at = before(at)) {
            names.addFirst(
                    isCall(at, "_[_]")
                            ? at.call().args().getLast().constant().stringValue()
                            : at.select().field());
        }
        return names.subList(1, names.size());
    }

    private static boolean fits(Type operand, Type literal, CelExpr constant) {
        return switch (operand) {
            case ANY -> literal != Type.TIME;
            case SAID -> literal == Type.TEXT && SAID.contains(constant.constant().stringValue());
            case TEXT, NUMBER, TRUTH, TIME -> operand == literal;
        };
    }

    private static boolean isLiteral(CelExpr expression) {
        return expression.getKind() == Kind.CONSTANT || isCall(expression, "timestamp");
    }

    private static boolean isCall(CelExpr expression, String function) {
        return expression.getKind() == Kind.CALL && expression.call().function().equals(function);
    }

    private static Type literal(CelExpr expression) {
        if (isCall(expression, "timestamp")) {
            return time(expression.call().args().getFirst());
        }
        require(expression.getKind() == Kind.CONSTANT, expression);
        CelConstant constant = expression.constant();
        return switch (constant.getKind()) {
            case STRING_VALUE -> {
                require(isStorable(constant.stringValue()), expression);
                yield Type.TEXT;
            }
            case BOOLEAN_VALUE -> Type.TRUTH;
            case INT64_VALUE -> {
                long value = constant.int64Value();
                require(value >= -(1L << 53) && value <= 1L << 53, expression);
                yield Type.NUMBER;
            }
            case DOUBLE_VALUE -> {
                require(Double.isFinite(constant.doubleValue()), expression);
                yield Type.NUMBER;
            }
            default -> throw new Refused(expression);
        };
    }

    private static Type time(CelExpr text) {
        try {
            require(isText(text), text);
            Instant time = OffsetDateTime.parse(text.constant().stringValue()).toInstant();
            require(time.equals(time.truncatedTo(ChronoUnit.MICROS)), text);
            require(time.isAfter(Instant.parse("0001-01-01T00:00:00Z")), text);
            require(time.isBefore(Instant.parse("9999-12-31T23:59:59Z")), text);
            return Type.TIME;
        } catch (DateTimeParseException _) {
            throw new Refused(text);
        }
    }

    /// Something of the profile, or a consent.
    private static Type operand(CelExpr expression) {
        if (isCall(expression, "consent")) {
            List<CelExpr> arguments = expression.call().args();
            CelExpr channel = arguments.getFirst();
            require(isText(channel), channel);
            require(Set.of("ANY", "EMAIL").contains(channel.constant().stringValue()), channel);
            require(arguments.size() == 1 || isChosenId(arguments.getLast()), arguments.getLast());
            return Type.SAID;
        }
        require(expression.getKind() != Kind.IDENT, expression);
        CelExpr at = expression;
        CelExpr last = at;
        int steps = 0;
        for (; at.getKind() != Kind.IDENT; steps++) {
            last = at;
            at = before(at);
        }
        return switch (last.select().field()) {
            case "attributes" -> {
                require(steps > 1, expression);
                yield Type.ANY;
            }
            case "create_time", "update_time" -> Type.TIME;
            default -> Type.TEXT;
        };
    }

    private static CelExpr before(CelExpr step) {
        if (step.getKind() == Kind.SELECT && !step.select().testOnly()) {
            return step.select().operand();
        }
        require(isCall(step, "_[_]"), step);
        CelExpr key = step.call().args().getLast();
        require(isText(key) && isStorable(key.constant().stringValue()), key);
        return step.call().args().getFirst();
    }

    private static boolean isText(CelExpr expression) {
        return expression.getKind() == Kind.CONSTANT
                && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    }

    private static boolean isChosenId(CelExpr expression) {
        return isText(expression) && expression.constant().stringValue().matches(CHOSEN_ID);
    }

    private static boolean isStorable(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private static void require(boolean holds, CelExpr expression) {
        if (!holds) {
            throw new Refused(expression);
        }
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient CelExpr place;

        private Refused(CelExpr place) {
            super("no part of rules", null, false, false);
            this.place = place;
        }
    }
}
