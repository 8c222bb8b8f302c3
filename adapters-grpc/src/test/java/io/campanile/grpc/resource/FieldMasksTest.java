package io.campanile.grpc.resource;

import static io.campanile.grpc.call.ErrorDetails.refusal;
import static io.campanile.grpc.call.ErrorDetails.violations;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.FieldMask;
import com.google.rpc.BadRequest;

import io.campanile.v1.Campaign;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;

class FieldMasksTest {
    @ParameterizedTest
    @CsvSource({
        "display_name, does not exist; did you mean draft.display_name?",
        "displayName, does not exist; did you mean draft.display_name?",
        "draft.displayName, does not exist; did you mean draft.display_name?",
        "ada@example.com, does not exist",
        "*, 'stands alone, without other paths'",
        "'', is empty",
        "., does not exist",
        "draft., does not exist",
        "draft.., does not exist",
        "draft.start_time.seconds, is changed as a whole; did you mean draft.start_time?"
    })
    void saysWhatMayBeMeant(String path, String description) {
        assertThat(refused("draft.tags", path))
                .containsExactly(
                        BadRequest.FieldViolation.newBuilder()
                                .setField("update_mask.paths[1]")
                                .setReason("FIELD_UNKNOWN")
                                .setDescription(description)
                                .build());
    }

    @Test
    void namesEachPath() {
        assertThat(refused("nothing", "draft.tags", "draft.nothing"))
                .extracting(BadRequest.FieldViolation::getField)
                .containsExactly("update_mask.paths[0]", "update_mask.paths[2]");
    }

    private static List<BadRequest.FieldViolation> refused(String... paths) {
        FieldMask mask = FieldMask.newBuilder().addAllPaths(List.of(paths)).build();
        return violations(
                refusal(() -> FieldMasks.paths(mask, true, Campaign.getDefaultInstance())));
    }
}
