package io.campanile.persistence.rule;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.Operator;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;

import io.campanile.domain.audience.AttributeQuestion;
import io.campanile.domain.audience.AttributeUse;
import io.campanile.domain.audience.MemberReference;
import io.campanile.domain.audience.RuleProblem;
import io.campanile.persistence.rule.Condition.Comparator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Understands the checked tree of one rule, or says at each place what is no part of rules. Not
/// thread-safe; for one rule.
final class RuleReader {
    private static final Condition REFUSED = new Condition.Always(false);

    private final CelAbstractSyntaxTree tree;
    private final OperandReader operands;
    private final List<MemberReference> references = new ArrayList<>();
    private final Set<AttributeUse> attributes = new LinkedHashSet<>();
    private final List<RuleProblem> problems = new ArrayList<>();

    RuleReader(CelAbstractSyntaxTree tree) {
        this.tree = tree;
        this.operands = new OperandReader(this::refuse);
    }

    /// To be looked at only when there are no [#problems].
    Condition read() {
        return condition(tree.getExpr());
    }

    List<MemberReference> references() {
        return references;
    }

    List<AttributeUse> attributes() {
        return List.copyOf(attributes);
    }

    List<RuleProblem> problems() {
        return problems;
    }

    private Condition condition(CelExpr expression) {
        return switch (expression.getKind()) {
            case CONSTANT -> new Condition.Always(expression.constant().booleanValue());
            case SELECT -> selection(expression);
            case CALL -> call(expression, expression.call());
            case COMPREHENSION ->
                    refused(
                            expression,
                            "Lists are not gone through: all, exists, exists_one, map and filter"
                                    + " are no part of rules.");
            case IDENT, LIST, STRUCT, MAP, NOT_SET -> refused(expression, "This is no condition.");
        };
    }

    private Condition selection(CelExpr expression) {
        if (!expression.select().testOnly()) {
            return refused(expression, "Compare it, as in profile.attributes.vip == true.");
        }
        Optional<Operand.Attribute> attribute = operands.hasPath(expression);
        attribute.ifPresent(present -> use(expression, present, new AttributeQuestion.Present()));
        return attribute.<Condition>map(Condition.Has::new).orElse(REFUSED);
    }

    private Condition call(CelExpr expression, CelCall call) {
        Optional<Operator> operator = Operator.findReverse(call.function());
        return operator.isPresent()
                ? operation(expression, call, operator.get())
                : function(expression, call);
    }

    private Condition operation(CelExpr expression, CelCall call, Operator operator) {
        return switch (operator) {
            case LOGICAL_AND -> new Condition.And(conditions(call));
            case LOGICAL_OR -> new Condition.Or(conditions(call));
            case LOGICAL_NOT -> new Condition.Not(condition(call.args().getFirst()));
            case EQUALS -> comparison(expression, call, Comparator.EQUAL);
            case NOT_EQUALS -> comparison(expression, call, Comparator.NOT_EQUAL);
            case LESS -> comparison(expression, call, Comparator.LESS);
            case LESS_EQUALS -> comparison(expression, call, Comparator.LESS_OR_EQUAL);
            case GREATER -> comparison(expression, call, Comparator.GREATER);
            case GREATER_EQUALS -> comparison(expression, call, Comparator.GREATER_OR_EQUAL);
            case IN -> membership(expression, call.args().getFirst(), call.args().getLast());
            case CONDITIONAL ->
                    refused(expression, "?: is no part of rules; write && and || instead.");
            case INDEX ->
                    refused(expression, "Compare it, as in profile.attributes[\"vip\"] == true.");
            default -> refused(expression, "This operator is no part of rules.");
        };
    }

    private List<Condition> conditions(CelCall call) {
        return call.args().stream().map(this::condition).toList();
    }

    private Condition function(CelExpr expression, CelCall call) {
        return switch (call.function()) {
            case "member" -> member(expression, call.args().getFirst());
            case "startsWith" -> test(call, Condition.Test.STARTS_WITH);
            case "endsWith" -> test(call, Condition.Test.ENDS_WITH);
            case "contains" -> test(call, Condition.Test.CONTAINS);
            default ->
                    refused(
                            expression,
                            "The function " + call.function() + " is no part of rules.");
        };
    }

    private Condition member(CelExpr expression, CelExpr argument) {
        Optional<String> audience = OperandReader.chosenId(argument);
        if (audience.isEmpty()) {
            return refused(
                    argument, "member() takes the id of an audience, as in member(\"readers\").");
        }
        CelSourceLocation at = location(expression);
        references.add(new MemberReference(audience.get(), at.getLine(), at.getColumn() + 1));
        return new Condition.Member(audience.get());
    }

    private Condition test(CelCall call, Condition.Test test) {
        CelExpr argument = call.args().getFirst();
        Optional<Literal> literal = operands.literal(argument);
        Optional<Operand> operand = call.target().flatMap(operands::operand);
        if (literal.isEmpty() || operand.isEmpty()) {
            return REFUSED;
        }
        if (!(literal.get() instanceof Literal.Text(var text))) {
            return refused(argument, "What is searched for is a literal text.");
        }
        if (operand.get() instanceof Operand.Consent) {
            return refused(argument, "Compare what somebody said by ==, != or in.");
        }
        call.target().ifPresent(at -> use(at, operand.get(), new AttributeQuestion.Searched()));
        return new Condition.TextTest(operand.get(), test, text);
    }

    private Condition comparison(CelExpr expression, CelCall call, Comparator comparator) {
        CelExpr left = call.args().getFirst();
        CelExpr right = call.args().getLast();
        boolean mirrored = OperandReader.isLiteral(left);
        if (mirrored == OperandReader.isLiteral(right)) {
            return refused(
                    expression, "One side of a comparison is a literal, the other one is not.");
        }
        Optional<Literal> literal = operands.literal(mirrored ? left : right);
        Optional<Operand> operand = operands.operand(mirrored ? right : left);
        if (literal.isEmpty() || operand.isEmpty()) {
            return REFUSED;
        }
        Comparator used = mirrored ? comparator.mirrored() : comparator;
        Optional<String> misfit = OperandReader.misfit(operand.get(), used, literal.get());
        if (misfit.isPresent()) {
            return refused(expression, misfit.get());
        }
        compare(mirrored ? right : left, operand.get(), literal.get());
        return new Condition.Comparison(operand.get(), used, literal.get());
    }

    private Condition membership(CelExpr expression, CelExpr element, CelExpr container) {
        if (container.getKind() == CelExpr.ExprKind.Kind.LIST) {
            return oneOf(expression, element, container.list().elements());
        }
        Optional<Literal> literal = operands.literal(element);
        Optional<Operand> operand = operands.operand(container);
        if (literal.isEmpty() || operand.isEmpty()) {
            return REFUSED;
        }
        if (!(operand.get() instanceof Operand.Attribute attribute)) {
            return refused(expression, "A literal is looked for in an attribute.");
        }
        Optional<String> misfit = OperandReader.misfit(attribute, Comparator.EQUAL, literal.get());
        if (misfit.isPresent()) {
            return refused(expression, misfit.get());
        }
        String key = literal.get() instanceof Literal.Text(var text) ? text : null;
        use(container, attribute, new AttributeQuestion.Holds(key));
        return new Condition.Holds(attribute, literal.get());
    }

    private Condition oneOf(CelExpr expression, CelExpr element, List<CelExpr> elements) {
        if (elements.isEmpty()) {
            return refused(expression, "Nothing is in an empty list.");
        }
        Optional<Operand> operand = operands.operand(element);
        if (operand.isEmpty()) {
            return REFUSED;
        }
        List<Literal> literals = new ArrayList<>(elements.size());
        for (CelExpr one : elements) {
            Optional<Literal> literal = operands.literal(one);
            if (literal.isEmpty()) {
                return REFUSED;
            }
            Optional<String> misfit =
                    OperandReader.misfit(operand.get(), Comparator.EQUAL, literal.get());
            if (misfit.isPresent()) {
                return refused(one, misfit.get());
            }
            compare(element, operand.get(), literal.get());
            literals.add(literal.get());
        }
        return new Condition.OneOf(operand.get(), literals);
    }

    private void compare(CelExpr at, Operand operand, Literal literal) {
        if (operand instanceof Operand.Attribute) {
            use(at, operand, new AttributeQuestion.Compared(literal.type()));
        }
    }

    /// Remembers what is asked of an attribute; of whatever else, nothing.
    private void use(CelExpr expression, Operand operand, AttributeQuestion question) {
        if (operand instanceof Operand.Attribute(var path)) {
            CelSourceLocation at = location(expression);
            attributes.add(new AttributeUse(path, question, at.getLine(), at.getColumn() + 1));
        }
    }

    private Condition refused(CelExpr expression, String text) {
        refuse(expression, text);
        return REFUSED;
    }

    private void refuse(CelExpr expression, String text) {
        CelSourceLocation at = location(expression);
        problems.add(new RuleProblem(at.getLine(), at.getColumn() + 1, text));
    }

    private CelSourceLocation location(CelExpr expression) {
        Integer offset = tree.getSource().getPositionsMap().get(expression.id());
        return offset == null
                ? CelSourceLocation.of(1, 0)
                : tree.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.of(1, 0));
    }
}
