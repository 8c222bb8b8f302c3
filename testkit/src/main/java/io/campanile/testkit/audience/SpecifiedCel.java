package io.campanile.testkit.audience;

import com.google.common.collect.ImmutableList;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.standard.GreaterEqualsOperator.GreaterEqualsOverload;
import dev.cel.runtime.standard.GreaterOperator.GreaterOverload;
import dev.cel.runtime.standard.LessEqualsOperator.LessEqualsOverload;
import dev.cel.runtime.standard.LessOperator.LessOverload;

import java.util.Arrays;
import java.util.Set;

/// Where CEL's Java run time strays from the specification of CEL, brought back to it.
final class SpecifiedCel {
    private static final Set<?> ORDER_OF_TEXTS =
            Set.of(
                    LessOverload.LESS_STRING,
                    LessEqualsOverload.LESS_EQUALS_STRING,
                    GreaterOverload.GREATER_STRING,
                    GreaterEqualsOverload.GREATER_EQUALS_STRING);

    private SpecifiedCel() {}

    /// A run time that orders texts by code points, not by UTF-16.
    static CelRuntime runtime(CelOptions options) {
        return CelRuntimeFactory.legacyCelRuntimeBuilder()
                .setOptions(options)
                .setStandardEnvironmentEnabled(false)
                .setStandardFunctions(
                        CelStandardFunctions.newBuilder()
                                .filterFunctions(
                                        (_, overload) -> !ORDER_OF_TEXTS.contains(overload))
                                .build())
                .addFunctionBindings(
                        texts("less_string", (left, right) -> order(left, right) < 0),
                        texts("less_equals_string", (left, right) -> order(left, right) <= 0),
                        texts("greater_string", (left, right) -> order(left, right) > 0),
                        texts("greater_equals_string", (left, right) -> order(left, right) >= 0))
                .build();
    }

    private static CelFunctionBinding texts(
            String overload, CelFunctionOverload.Binary<String, String> comparison) {
        return CelFunctionBinding.from(overload, String.class, String.class, comparison);
    }

    private static int order(String left, String right) {
        return Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
    }

    /// A valid rule, parsed, with `a.b` for every `a["b"]`, which asks for the same. The checker
    /// guesses of what type `a["b"]` is, from what it first sees done with it: a list for `"c" in
    /// a["b"]`, an integer for `a["b"] < 1`. The run time fails at all others then.
    static CelAbstractSyntaxTree rewritten(CelAbstractSyntaxTree parsed) {
        return CelAbstractSyntaxTree.newParsedAst(rewritten(parsed.getExpr()), parsed.getSource());
    }

    private static CelExpr rewritten(CelExpr expression) {
        return switch (expression.getKind()) {
            case SELECT ->
                    CelExpr.ofSelect(
                            expression.id(),
                            rewritten(expression.select().operand()),
                            expression.select().field(),
                            expression.select().testOnly());
            case CALL -> called(expression, expression.call());
            default -> expression;
        };
    }

    private static CelExpr called(CelExpr expression, CelCall call) {
        ImmutableList<CelExpr> arguments =
                call.args().stream()
                        .map(SpecifiedCel::rewritten)
                        .collect(ImmutableList.toImmutableList());
        return call.function().equals("_[_]")
                ? CelExpr.ofSelect(
                        expression.id(),
                        arguments.getFirst(),
                        arguments.getLast().constant().stringValue(),
                        false)
                : CelExpr.ofCall(
                        expression.id(),
                        call.target().map(SpecifiedCel::rewritten),
                        call.function(),
                        arguments);
    }
}
