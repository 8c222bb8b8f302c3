package io.campanile.grpc.badinput;

import static io.campanile.grpc.badinput.BadInput.REJECTED;
import static io.campanile.grpc.badinput.BadInput.badInput;
import static io.campanile.grpc.badinput.BadTriggers.rejected;
import static io.campanile.grpc.testing.TriggerRequests.recipient;
import static io.campanile.grpc.testing.TriggerRequests.valid;

import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.Values;

import io.campanile.domain.access.Role;
import io.campanile.v1.TriggerServiceGrpc;
import io.grpc.Status.Code;

import java.util.List;

/// What triggers bring for their content, and is bad.
final class BadContexts {
    private BadContexts() {}

    static void add(List<BadInput> cases) {
        payloads(cases);
        contracts(cases);
    }

    private static void payloads(List<BadInput> cases) {
        json(cases, "context_json: empty", "", "recipients[0].context_json CONTEXT_MALFORMED");
        json(cases, "context_json: a list", "[1]", "recipients[0].context_json CONTEXT_MALFORMED");
        json(cases, "context_json: cut", "{\"a\":", "recipients[0].context_json CONTEXT_MALFORMED");
        json(
                cases,
                "context_json: two objects",
                "{} {}",
                "recipients[0].context_json CONTEXT_MALFORMED");
        json(
                cases,
                "context_json: no JSON",
                "{a:1}",
                "recipients[0].context_json CONTEXT_MALFORMED");
        json(
                cases,
                "context_json: NaN",
                "{\"a\":NaN}",
                "recipients[0].context_json CONTEXT_MALFORMED");
        json(
                cases,
                "context_json: repeated name",
                "{\"a\":{\"b\":1,\"b\":2}}",
                "recipients[0].context.a.b CONTEXT_MALFORMED");
        json(
                cases,
                "context_json: NUL",
                "{\"a\":[\"x\\u0000\"]}",
                "recipients[0].context.a[0] CHARACTER_NOT_ALLOWED");
        json(
                cases,
                "context_json: half a surrogate",
                "{\"a\":\"\\ud800\"}",
                "recipients[0].context.a CHARACTER_NOT_ALLOWED");
        json(
                cases,
                "context_json: huge exponent",
                "{\"a\":1e999999}",
                "recipients[0].context.a OUT_OF_RANGE");
        json(
                cases,
                "context_json: an exponent that no number has",
                "{\"a\":1e99999999999}",
                "recipients[0].context.a OUT_OF_RANGE");
        json(
                cases,
                "context_json: thousands of digits",
                "{\"a\":" + "9".repeat(900) + "}",
                "recipients[0].context.a OUT_OF_RANGE");
        json(
                cases,
                "context_json: too large",
                "{\"a\":\"" + "x".repeat(205_000) + "\"}",
                "recipients[0].context_json");
        json(
                cases,
                "context_json: too deep",
                "{\"a\":".repeat(33) + "1" + "}".repeat(33),
                "recipients[0].context" + ".a".repeat(32) + " CONTEXT_TOO_LARGE");
        json(
                cases,
                "context: reserved",
                "{\"system\":1}",
                "recipients[0].context.system CONTEXT_RESERVED");
        rejected(
                cases,
                "context: too deep",
                recipient("a@example.com").setContext(nested(33)),
                "recipients[0].context" + ".a".repeat(32) + " CONTEXT_TOO_LARGE");
        rejected(
                cases,
                "context: too large",
                recipient("a@example.com")
                        .setContext(
                                Struct.newBuilder().putFields("a", Values.of("x".repeat(205_000)))),
                "recipients[0].context CONTEXT_TOO_LARGE");
        rejected(
                cases,
                "context: infinite",
                recipient("a@example.com")
                        .setContext(
                                Struct.newBuilder()
                                        .putFields("a", Values.of(Double.POSITIVE_INFINITY))),
                "recipients[0].context.a OUT_OF_RANGE");
        rejected(
                cases,
                "context: NUL in a name",
                recipient("a@example.com")
                        .setContext(Struct.newBuilder().putFields("a\0b", Values.of(1))),
                "recipients[0].context.a?b CHARACTER_NOT_ALLOWED");
        rejected(
                cases,
                "profile: NUL in a list",
                recipient("a@example.com")
                        .setProfile(
                                Struct.newBuilder()
                                        .putFields(
                                                "a",
                                                Value.newBuilder()
                                                        .setListValue(
                                                                ListValue.newBuilder()
                                                                        .addValues(Values.of("\0")))
                                                        .build())),
                "recipients[0].profile.a[0] CHARACTER_NOT_ALLOWED");
    }

    private static void contracts(List<BadInput> cases) {
        contract(cases, "context: without what is needed", "{}", "CONTEXT_FIELD_MISSING");
        contract(
                cases,
                "context: a text for a number",
                "{\"percent\":\"a few\"}",
                "CONTEXT_FIELD_TYPE");
        contract(cases, "context: a list for a number", "{\"percent\":[20]}", "CONTEXT_FIELD_TYPE");
    }

    private static void contract(List<BadInput> cases, String name, String json, String reason) {
        cases.add(
                badInput(
                        name,
                        Role.TRIGGER,
                        TriggerServiceGrpc.getTriggerCampaignMethod(),
                        valid().setCampaign(BadInputStage.TYPED)
                                .setRecipients(0, recipient("a@example.com").setContextJson(json)),
                        Code.INVALID_ARGUMENT,
                        REJECTED,
                        "recipients[0].context.percent " + reason));
    }

    static Struct nested(int depth) {
        Struct struct = Struct.newBuilder().putFields("a", Values.of(1)).build();
        for (int i = 1; i < depth; i++) {
            struct = Struct.newBuilder().putFields("a", Values.of(struct)).build();
        }
        return struct;
    }

    private static void json(List<BadInput> cases, String name, String json, String field) {
        rejected(cases, name, recipient("a@example.com").setContextJson(json), field);
    }
}
