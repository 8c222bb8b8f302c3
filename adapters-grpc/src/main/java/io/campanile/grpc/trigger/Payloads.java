package io.campanile.grpc.trigger;

import com.google.protobuf.Struct;

import io.campanile.domain.trigger.FieldViolation;
import io.campanile.grpc.payload.Allowance;
import io.campanile.grpc.payload.JsonReader;
import io.campanile.grpc.payload.PayloadRefused;
import io.campanile.grpc.payload.StructReader;
import io.campanile.v1.Recipient;

import java.util.List;
import java.util.Map;

/// Reads contexts and profiles, in whichever form they come.
final class Payloads {
    private Payloads() {}

    /// What one recipient has to use up.
    static Allowance allowance() {
        return new Allowance("context and profile together", Allowance.OF_RECIPIENT);
    }

    /// What could be read of the context; empty when something is wrong with it.
    ///
    /// @param violations gets what is wrong
    static Map<String, Object> context(
            Recipient recipient, Allowance allowance, List<FieldViolation> violations) {
        return switch (recipient.getContextSourceCase()) {
            case CONTEXT -> context(recipient.getContext(), allowance, violations);
            case CONTEXT_JSON -> contextJson(recipient.getContextJson(), allowance, violations);
            case CONTEXTSOURCE_NOT_SET -> Map.of();
        };
    }

    /// A context that comes as a structure; empty when something is wrong with it.
    ///
    /// @param violations gets what is wrong
    static Map<String, Object> context(
            Struct context, Allowance allowance, List<FieldViolation> violations) {
        return structure("context", context, allowance, violations);
    }

    /// A context that comes as JSON; empty when something is wrong with it.
    ///
    /// @param violations gets what is wrong
    static Map<String, Object> contextJson(
            String text, Allowance allowance, List<FieldViolation> violations) {
        try {
            return JsonReader.read(text, allowance);
        } catch (PayloadRefused e) {
            violations.add(e.violation());
            return Map.of();
        }
    }

    static Map<String, Object> profile(
            Recipient recipient, Allowance allowance, List<FieldViolation> violations) {
        return recipient.hasProfile()
                ? structure("profile", recipient.getProfile(), allowance, violations)
                : Map.of();
    }

    private static Map<String, Object> structure(
            String root, Struct struct, Allowance allowance, List<FieldViolation> violations) {
        try {
            return StructReader.read(root, struct, allowance);
        } catch (PayloadRefused e) {
            violations.add(e.violation());
            return Map.of();
        }
    }
}
