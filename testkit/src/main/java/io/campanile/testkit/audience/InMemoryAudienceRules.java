package io.campanile.testkit.audience;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelLateFunctionBindings;
import dev.cel.runtime.CelRuntime;

import io.campanile.application.audience.port.AudienceRules;
import io.campanile.domain.audience.RuleProblem;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;

/// Rules as CEL itself runs them, one person at a time: what PostgreSQL is measured by.
public final class InMemoryAudienceRules implements AudienceRules {
    private static final CelOptions OPTIONS =
            CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

    private static final StructType PROFILE =
            StructType.create(
                    "Profile",
                    ImmutableSet.of(
                            "attributes", "locale", "time_zone", "create_time", "update_time"),
                    name -> Optional.of(type(name)));

    private static final CelCompiler COMPILER =
            CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .setTypeProvider(new OneType())
                    .addVar("profile", PROFILE)
                    .addFunctionDeclarations(
                            CelFunctionDecl.newFunctionDeclaration(
                                    "consent",
                                    CelOverloadDecl.newGlobalOverload(
                                            "consent_1", SimpleType.STRING, SimpleType.STRING),
                                    CelOverloadDecl.newGlobalOverload(
                                            "consent_2",
                                            SimpleType.STRING,
                                            SimpleType.STRING,
                                            SimpleType.STRING)),
                            CelFunctionDecl.newFunctionDeclaration(
                                    "member",
                                    CelOverloadDecl.newGlobalOverload(
                                            "member_1", SimpleType.BOOL, SimpleType.STRING)))
                    .setResultType(SimpleType.BOOL)
                    .build();

    private static final CelRuntime RUNTIME = SpecifiedCel.runtime(OPTIONS);

    /// Somebody whom rules are asked about.
    ///
    /// @param profile the fields of `profile`
    /// @param consent the state at a channel and a topic
    /// @param member whether they are listed in an audience
    record Person(
            Map<String, Object> profile,
            BinaryOperator<String> consent,
            Predicate<String> member) {}

    @Override
    public Check check(String rule) {
        CelValidationResult result = COMPILER.compile(rule);
        if (result.hasError()) {
            return new Check.Invalid(
                    result.getErrors().stream().map(InMemoryAudienceRules::problem).toList());
        }
        var shape = new RuleShape(tree(result));
        return shape.problem()
                .<Check>map(problem -> new Check.Invalid(List.of(problem)))
                .orElseGet(() -> new Check.Valid(shape.references(), shape.attributes()));
    }

    private static RuleProblem problem(CelIssue issue) {
        return new RuleProblem(
                issue.getSourceLocation().getLine(),
                issue.getSourceLocation().getColumn() + 1,
                "This is no rule.");
    }

    /// Whom a valid rule matches.
    Predicate<Person> matching(String rule) {
        try {
            CelAbstractSyntaxTree read = SpecifiedCel.rewritten(tree(COMPILER.parse(rule)));
            CelRuntime.Program program = RUNTIME.createProgram(tree(COMPILER.check(read)));
            return person -> matches(program, person);
        } catch (CelEvaluationException e) {
            throw new IllegalArgumentException("not a rule", e);
        }
    }

    /// Whatever CEL fails at matches nobody. The functions are bound for this one call only.
    @SuppressWarnings("Immutable")
    private static boolean matches(CelRuntime.Program program, Person person) {
        var functions =
                CelLateFunctionBindings.from(
                        CelFunctionBinding.from(
                                "consent_1",
                                String.class,
                                channel -> person.consent().apply(channel, "")),
                        CelFunctionBinding.from(
                                "consent_2", String.class, String.class, person.consent()::apply),
                        CelFunctionBinding.from("member_1", String.class, person.member()::test));
        try {
            return Boolean.TRUE.equals(
                    program.eval(Map.of("profile", person.profile()), functions));
        } catch (CelEvaluationException _) {
            return false;
        }
    }

    private static CelAbstractSyntaxTree tree(CelValidationResult result) {
        try {
            return result.getAst();
        } catch (CelValidationException e) {
            throw new IllegalArgumentException("not a rule", e);
        }
    }

    private static CelType type(String field) {
        return switch (field) {
            case "attributes" -> MapType.create(SimpleType.STRING, SimpleType.DYN);
            case "create_time", "update_time" -> SimpleType.TIMESTAMP;
            default -> SimpleType.STRING;
        };
    }

    private static final class OneType implements CelTypeProvider {
        @Override
        public ImmutableCollection<CelType> types() {
            return ImmutableList.of(PROFILE);
        }

        @Override
        public Optional<CelType> findType(String name) {
            return name.equals(PROFILE.name()) ? Optional.of(PROFILE) : Optional.empty();
        }
    }
}
