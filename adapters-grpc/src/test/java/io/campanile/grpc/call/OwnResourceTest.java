package io.campanile.grpc.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.campanile.application.access.Caller;
import io.campanile.domain.access.ApiKeyId;
import io.campanile.domain.access.Role;
import io.campanile.domain.workspace.WorkspaceId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Set;
import java.util.UUID;

class OwnResourceTest {
    private static final Caller CALLER =
            new Caller(
                    new ApiKeyId(UUID.randomUUID()), new WorkspaceId("shop"), Set.of(Role.OWNER));

    @ParameterizedTest
    @ValueSource(strings = {"workspaces/shop", "workspaces/shop/campaigns/welcome"})
    void isWhatLiesInTheCallersWorkspace(String name) {
        assertThatCode(() -> OwnResource.require(List.of(), CALLER, name))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workspaces/shop-2",
                "workspaces/other/campaigns/welcome",
                "projects/shop",
                "workspaces/"
            })
    void isNothingElse(String name) {
        assertThat(ErrorDetails.reason(() -> OwnResource.require(List.of(), CALLER, name)))
                .isEqualTo("RESOURCE_NOT_FOUND");
    }

    /// Where a rule of the protos that asks for the name is forgotten.
    @Test
    void isNotWhatHasNoName() {
        assertThat(ErrorDetails.reason(() -> OwnResource.require(List.of(), CALLER, "")))
                .isEqualTo("RESOURCE_NOT_FOUND");
    }
}
