package io.campanile.grpc.campaign;

import static io.campanile.grpc.campaign.SchemaReader.takes;

import static org.assertj.core.api.Assertions.assertThat;

import io.campanile.domain.content.Contract;
import io.campanile.domain.content.ContractField;
import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;
import io.campanile.domain.content.FieldType;
import io.campanile.domain.profile.ProfileLookup;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The check of triggers, the fields of the contract and its JSON Schema ask for the same.
class ContractAgreementTest {
    private static final String COUPON =
            "{{#context.coupon}}{{context.coupon.code}}{{/context.coupon}}";
    private static final String LINES = "{{#context.lines}}{{name}}{{/context.lines}}";
    private static final String GIFTS =
            "{{#context.lines}}{{#gift}}{{name}}{{/gift}}{{/context.lines}}";
    private static final Pattern DOT = Pattern.compile("\\.");

    static List<Arguments> cases() {
        List<DeclaredField> none = List.of();
        List<DeclaredField> id = List.of(required("context.order.id"));
        List<DeclaredField> idOfOptional = List.of(object("context.order", ""), id.getFirst());
        List<DeclaredField> idOfDefault =
                List.of(object("context.order", "{\"id\":1}"), id.getFirst());
        List<DeclaredField> optionalId = List.of(withDefault("context.order.id"));
        List<DeclaredField> code = List.of(required("context.coupon.code"));
        List<DeclaredField> optionalCoupon = List.of(object("context.coupon", ""), code.getFirst());
        List<DeclaredField> deep = List.of(required("context.a.b.c"));
        List<DeclaredField> lineId = List.of(required("context.lines[].order.id"));
        Map<String, Object> nothing = Map.of();
        Map<String, Object> emptyOrder = Map.of("order", Map.of());
        Map<String, Object> order = Map.of("order", Map.of("id", "4711"));
        Map<String, Object> emptyCoupon = Map.of("coupon", Map.of());
        Map<String, Object> coupon = Map.of("coupon", Map.of("code", "X"));
        return List.of(
                // what only templates ask for
                of("{{context.order.id}}", none, nothing, false),
                of("{{context.order.id}}", none, emptyOrder, false),
                of("{{context.order.id}}", none, order, true),
                of(COUPON, none, nothing, true),
                of(COUPON, none, emptyCoupon, false),
                of(COUPON, none, coupon, true),
                of(COUPON + "{{context.coupon.code}}", none, nothing, false),
                of(LINES, none, nothing, true),
                of(LINES, none, Map.of("lines", List.of()), true),
                of(LINES, none, Map.of("lines", List.of(Map.of("name", "a"))), true),
                of(LINES, none, Map.of("lines", List.of(Map.of())), false),
                of(GIFTS, none, Map.of("lines", List.of(Map.of())), true),
                // what the author asks for
                of("", id, nothing, false),
                of("", id, emptyOrder, false),
                of("", id, order, true),
                of("", idOfOptional, nothing, true),
                of("", idOfOptional, emptyOrder, false),
                of("", idOfDefault, nothing, true),
                of("", idOfDefault, emptyOrder, false),
                of("", deep, nothing, false),
                of("", deep, Map.of("a", Map.of()), false),
                of("", deep, Map.of("a", Map.of("b", Map.of("c", "1"))), true),
                of("", lineId, nothing, true),
                of("", lineId, Map.of("lines", List.of(Map.of())), false),
                of("", lineId, Map.of("lines", List.of(Map.of("order", Map.of("id", "1")))), true),
                // both
                of("{{context.order.id}}", optionalId, nothing, true),
                of("{{context.order.id}}", List.of(object("context.order", "")), nothing, false),
                of(
                        "{{context.order.id}}",
                        List.of(object("context.order", ""), optionalId.getFirst()),
                        nothing,
                        true),
                of("{{context.order.id}}", idOfOptional, nothing, false),
                of(COUPON, code, nothing, false),
                of(COUPON, code, emptyCoupon, false),
                of(COUPON, code, coupon, true),
                of(COUPON, optionalCoupon, nothing, true),
                of(COUPON, optionalCoupon, emptyCoupon, false));
    }

    private static Arguments of(
            String html, List<DeclaredField> declared, Map<String, Object> context, boolean ok) {
        return Arguments.of(html, declared, context, ok);
    }

    private static DeclaredField required(String path) {
        return new DeclaredField(path, FieldType.ANY, true, false, "", "");
    }

    private static DeclaredField withDefault(String path) {
        return new DeclaredField(path, FieldType.ANY, false, false, "", "1");
    }

    private static DeclaredField object(String path, String defaultValue) {
        return new DeclaredField(path, FieldType.OBJECT, false, false, "", defaultValue);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theyAgree(
            String html,
            List<DeclaredField> declared,
            Map<String, Object> context,
            boolean isEnough) {
        Contract contract = Contract.of(new EmailContent("s", "", html, "", ""), declared);
        Map<String, Object> call = Map.of("context", context);

        assertThat(contract.check(context, Map.of()).isEmpty()).as("check").isEqualTo(isEnough);
        assertThat(contract.fields().stream().allMatch(field -> isThere(field, contract, call)))
                .as("fields")
                .isEqualTo(isEnough);
        assertThat(takes(ContractSchema.of(contract.fields(), declared, ProfileLookup.NONE), call))
                .as("JSON Schema")
                .isEqualTo(isEnough);
    }

    /// Read as the API describes `required`.
    private static boolean isThere(
            ContractField field, Contract contract, Map<String, Object> call) {
        return !field.required()
                || isThere(List.of(DOT.split(field.path())), 0, "", contract, call);
    }

    private static boolean isThere(
            List<String> steps, int step, String before, Contract contract, Object value) {
        if (step == steps.size()) {
            return true;
        }
        String name = steps.get(step).replace("[]", "");
        String path = before.isEmpty() ? name : before + "." + name;
        Object found = value instanceof Map<?, ?> object ? object.get(name) : null;
        if (found == null) {
            boolean isLast = step == steps.size() - 1;
            return !isLast && named(contract, path).filter(field -> !field.required()).isPresent();
        }
        return found instanceof List<?> elements
                ? elements.stream()
                        .allMatch(one -> isThere(steps, step + 1, path + "[]", contract, one))
                : isThere(steps, step + 1, path, contract, found);
    }

    private static Optional<ContractField> named(Contract contract, String path) {
        return contract.fields().stream().filter(field -> field.path().equals(path)).findFirst();
    }
}
