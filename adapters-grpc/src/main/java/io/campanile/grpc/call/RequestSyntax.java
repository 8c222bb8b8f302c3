package io.campanile.grpc.call;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.Violation;
import build.buf.protovalidate.exceptions.CompilationException;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;

import io.campanile.v1.ViolationReason;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Checks messages against the rules in the protos, and that no text holds a NUL, which PostgreSQL
/// cannot store. Thread-safe.
public final class RequestSyntax {
    /// An error has room for fewer.
    static final int MOST_PROBLEMS = 100;

    private final ListLengths listLengths = new ListLengths();
    private final Validator validator;

    /// @param messages whose rules are compiled at once; those of others are by the first that is
    ///   checked, which takes some dozen milliseconds
    public RequestSyntax(List<Descriptor> messages) {
        Config config = Config.newBuilder().setFailFast(false).setEnableNativeRules(true).build();
        try {
            validator =
                    ValidatorFactory.newBuilder()
                            .withConfig(config)
                            .buildWithDescriptors(messages, false);
        } catch (CompilationException e) {
            throw new IllegalStateException("a rule in the protos does not compile", e);
        }
    }

    /// What is wrong with the message: the first 100 fields, after which nothing is looked for;
    /// fields are relative to it. Where a list is too long, that is all that is said.
    public List<FieldProblem> check(Message message) {
        List<FieldProblem> problems = new ArrayList<>();
        listLengths.find(message, problems);
        if (problems.isEmpty()) {
            NulCharacters.find(message, problems);
            checkRules(message, problems);
        }
        return first(problems);
    }

    /// As [#check], for messages whose texts are looked at elsewhere.
    public List<FieldProblem> checkRules(Message message) {
        List<FieldProblem> problems = new ArrayList<>();
        listLengths.find(message, problems);
        if (problems.isEmpty()) {
            checkRules(message, problems);
        }
        return first(problems);
    }

    private static List<FieldProblem> first(List<FieldProblem> problems) {
        return problems.size() > MOST_PROBLEMS
                ? new ArrayList<>(problems.subList(0, MOST_PROBLEMS))
                : problems;
    }

    /// Adds one problem for each field that has none yet.
    private void checkRules(Message message, List<FieldProblem> problems) {
        Set<String> fields =
                problems.stream()
                        .map(FieldProblem::field)
                        .collect(Collectors.toCollection(HashSet::new));
        try {
            for (Violation violation : validator.validate(message).getViolations()) {
                if (problems.size() >= MOST_PROBLEMS) {
                    return;
                }
                FieldProblem problem = problem(violation);
                if (fields.add(problem.field())) {
                    problems.add(problem);
                }
            }
        } catch (ValidationException e) {
            throw new IllegalStateException("a rule in the protos cannot be applied", e);
        }
    }

    private static FieldProblem problem(Violation violation) {
        build.buf.validate.Violation proto = violation.toProto();
        ViolationReason reason = reason(violation, proto);
        return new FieldProblem(
                path(proto.getField()), reason, ViolationText.of(violation, reason));
    }

    private static ViolationReason reason(Violation violation, build.buf.validate.Violation proto) {
        String rule = proto.getRuleId();
        if (rule.equals("required") || rule.endsWith("min_items") || isEmpty(violation)) {
            return ViolationReason.VIOLATION_REASON_REQUIRED;
        }
        boolean number =
                rule.startsWith("int32.")
                        || rule.startsWith("double.")
                        || rule.startsWith("duration.")
                        || rule.startsWith("timestamp.");
        return number
                ? ViolationReason.VIOLATION_REASON_OUT_OF_RANGE
                : ViolationReason.VIOLATION_REASON_SYNTAX;
    }

    private static boolean isEmpty(Violation violation) {
        Violation.FieldValue field = violation.getFieldValue();
        if (field == null) {
            return false;
        }
        return switch (field.getValue()) {
            case String text -> text.isEmpty();
            case Number number -> isEnum(field) && number.longValue() == 0;
            case null, default -> false;
        };
    }

    private static boolean isEnum(Violation.FieldValue field) {
        return field.getDescriptor().getJavaType()
                == com.google.protobuf.Descriptors.FieldDescriptor.JavaType.ENUM;
    }

    private static String path(FieldPath path) {
        StringBuilder text = new StringBuilder();
        for (FieldPathElement element : path.getElementsList()) {
            if (!text.isEmpty()) {
                text.append('.');
            }
            text.append(element.getFieldName());
            switch (element.getSubscriptCase()) {
                case INDEX -> text.append('[').append(element.getIndex()).append(']');
                // The key itself is what somebody sent, and may be the very thing that is wrong.
                case STRING_KEY, BOOL_KEY, INT_KEY, UINT_KEY -> text.append("[…]");
                case SUBSCRIPT_NOT_SET -> {}
            }
        }
        return text.toString();
    }
}
