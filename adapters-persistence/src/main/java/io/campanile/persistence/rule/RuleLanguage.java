package io.campanile.persistence.rule;

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

import io.campanile.domain.audience.RuleProblem;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What CEL knows in a rule: `profile`, `consent()` and `member()`. All of standard CEL is declared
/// beside them, so that what rules may not use is refused by name and not as unheard of.
final class RuleLanguage {
    private static final int LAST_ASCII = 0x7F;
    private static final Pattern WORD = Pattern.compile("=[<>]?|\\p{L}+");

    private static final Map<String, String> HINTS =
            Map.of(
                    "=", " Compare by ==.",
                    "=>", " Compare by >=.",
                    "=<", " Compare by <=.",
                    "and", " Join by &&.",
                    "or", " Join by ||.");

    private static final StructType PROFILE =
            StructType.create(
                    "Profile",
                    ImmutableSet.of(
                            "attributes", "locale", "time_zone", "create_time", "update_time"),
                    RuleLanguage::field);

    private static final CelCompiler COMPILER =
            CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(
                            CelOptions.current()
                                    .enableHeterogeneousNumericComparisons(true)
                                    .build())
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .setTypeProvider(new Types())
                    .addVar("profile", PROFILE)
                    .addFunctionDeclarations(
                            CelFunctionDecl.newFunctionDeclaration(
                                    "consent",
                                    overload("consent_channel", SimpleType.STRING, 1),
                                    overload("consent_topic", SimpleType.STRING, 2)),
                            CelFunctionDecl.newFunctionDeclaration(
                                    "member", overload("member_audience", SimpleType.BOOL, 1)))
                    .setResultType(SimpleType.BOOL)
                    .build();

    private RuleLanguage() {}

    /// What a text came to.
    sealed interface Parsed {
        record Checked(CelAbstractSyntaxTree tree) implements Parsed {}

        record Invalid(List<RuleProblem> problems) implements Parsed {}
    }

    static Parsed parse(String rule) {
        CelValidationResult parsed = COMPILER.parse(rule);
        if (parsed.hasError()) {
            return new Parsed.Invalid(
                    List.of(problem(parsed.getErrors().getFirst(), syntax(parsed, rule))));
        }
        CelValidationResult checked = COMPILER.check(tree(parsed));
        if (checked.hasError()) {
            return new Parsed.Invalid(
                    checked.getErrors().stream()
                            .map(issue -> problem(issue, type(issue.getMessage())))
                            .toList());
        }
        return new Parsed.Checked(tree(checked));
    }

    private static CelAbstractSyntaxTree tree(CelValidationResult result) {
        try {
            return result.getAst();
        } catch (CelValidationException _) {
            throw new IllegalStateException("a rule without errors has no tree");
        }
    }

    private static RuleProblem problem(CelIssue issue, String text) {
        return new RuleProblem(
                issue.getSourceLocation().getLine(),
                issue.getSourceLocation().getColumn() + 1,
                text);
    }

    /// The parser's own words quote what it could not read, and that may be somebody's name.
    private static String syntax(CelValidationResult result, String rule) {
        CelIssue issue = result.getErrors().getFirst();
        String message = issue.getMessage();
        if (message.startsWith("Expression recursion limit")) {
            return "The rule is nested too deeply.";
        }
        return message.contains("has()")
                ? "has() asks for an attribute, as in has(profile.attributes.plan)."
                : "The rule cannot be read from here on." + hint(rule, issue);
    }

    /// What to write in place of what other languages write; empty where nobody can guess.
    private static String hint(String rule, CelIssue issue) {
        String line =
                rule.lines().skip(issue.getSourceLocation().getLine() - 1L).findFirst().orElse("");
        int column = issue.getSourceLocation().getColumn();
        if (column < 0 || column >= line.codePointCount(0, line.length())) {
            return "";
        }
        int at = line.offsetByCodePoints(0, column);
        Matcher word = WORD.matcher(line).region(at, line.length());
        if (!word.lookingAt()) {
            return "";
        }
        return line.codePointAt(at) > LAST_ASCII
                ? " Write a name with letters beyond a to z as in profile.attributes[\"any name\"]."
                : HINTS.getOrDefault(word.group().toLowerCase(Locale.ROOT), "");
    }

    /// The checker's words name identifiers and types, never values. Its candidates help nobody.
    private static String type(String message) {
        int candidates = message.indexOf(" (");
        String text = candidates < 0 ? message : message.substring(0, candidates);
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static CelOverloadDecl overload(String id, CelType result, int texts) {
        return CelOverloadDecl.newGlobalOverload(
                id, result, java.util.Collections.nCopies(texts, SimpleType.STRING));
    }

    private static Optional<CelType> field(String name) {
        return switch (name) {
            case "attributes" -> Optional.of(MapType.create(SimpleType.STRING, SimpleType.DYN));
            case "locale", "time_zone" -> Optional.of(SimpleType.STRING);
            case "create_time", "update_time" -> Optional.of(SimpleType.TIMESTAMP);
            default -> Optional.empty();
        };
    }

    /// Knows the one type of ours.
    private static final class Types implements CelTypeProvider {
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
