package io.campanile.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoleTest {
    @ParameterizedTest
    @EnumSource
    void theOwnerMayDoEverything(Permission permission) {
        assertThat(Role.OWNER.permits(permission)).isTrue();
    }

    @Test
    void onlyTheOwnerAdministers() {
        assertThat(Role.permitting(Permission.ADMINISTER)).containsExactly(Role.OWNER);
    }

    @Test
    void anApplicationSeesNothingButItsTriggers() {
        assertThat(Role.permitting(Permission.VIEW)).doesNotContain(Role.TRIGGER);
        assertThat(Role.permitting(Permission.TRIGGER))
                .containsExactlyInAnyOrder(Role.TRIGGER, Role.OWNER);
    }

    @Test
    void anApproverActivatesWithoutWriting() {
        assertThat(Role.APPROVER.permits(Permission.ACTIVATE)).isTrue();
        assertThat(Role.APPROVER.permits(Permission.EDIT)).isFalse();
    }
}
