package io.campanile.grpc.resource;

import static io.campanile.grpc.call.ErrorDetails.reason;
import static io.campanile.grpc.testing.GrpcWorld.OWN;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.Message;

import io.campanile.domain.access.Role;
import io.campanile.grpc.testing.GrpcWorld;
import io.campanile.v1.AccessServiceGrpc;
import io.campanile.v1.ListApiKeysRequest;
import io.campanile.v1.ListAudienceMembersRequest;
import io.campanile.v1.ListAuditEntriesRequest;
import io.campanile.v1.ListCampaignRevisionsRequest;
import io.campanile.v1.ListMessageEventsRequest;
import io.grpc.StatusRuntimeException;

import org.junit.jupiter.api.Test;

import java.util.List;

/// Tokens of pages: of use for the list that made them, and for no other.
class PageTokensTest {
    @Test
    void areOfNoUseForAnotherMethod() {
        try (var world = new GrpcWorld()) {
            var access = world.stub(AccessServiceGrpc::newBlockingStub, Role.OWNER);
            var keys = ListApiKeysRequest.newBuilder().setParent(OWN).setPageSize(1).build();
            String token = access.listApiKeys(keys).getNextPageToken();
            var theirs = ListAuditEntriesRequest.newBuilder().setParent(OWN).setPageToken(token);

            assertThatExceptionOfType(StatusRuntimeException.class)
                    .isThrownBy(() -> access.listAuditEntries(theirs.build()))
                    .satisfies(error -> assertThat(reason(error)).isEqualTo("PAGE_TOKEN_INVALID"));
            var next = keys.toBuilder().setPageSize(2).setPageToken(token).build();
            assertThat(access.listApiKeys(next).getApiKeysList()).hasSize(2);
        }
    }

    @Test
    void areOfNoUseForAnotherParent() {
        var members = ListAudienceMembersRequest.newBuilder().setParent("workspaces/w/audiences/a");
        String list = Pages.request(members.build()).list();

        assertThat(Pages.request(members.setPageSize(7).setPageToken("x").build()).list())
                .isEqualTo(list);
        assertThat(Pages.request(members.setParent("workspaces/w/audiences/b").build()).list())
                .isNotEqualTo(list);
    }

    @Test
    void thatAreNumbersBelongToTheirListToo() {
        var events = ListMessageEventsRequest.newBuilder().setParent("one").setPageSize(2);
        String token = Pages.cut(List.of(1, 2, 3), events.build()).nextPageToken();

        assertThat(Pages.cut(List.of(1, 2, 3), events.setPageToken(token).build()))
                .isEqualTo(new Pages.Cut<>(List.of(3), ""));
        isRefused(events.setParent("another").build());
        isRefused(events.setParent("one").setPageToken("2").build());
        isRefused(
                ListCampaignRevisionsRequest.newBuilder()
                        .setParent("one")
                        .setPageToken(token)
                        .build());
    }

    private static void isRefused(Message request) {
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> Pages.number(request, 0))
                .satisfies(error -> assertThat(reason(error)).isEqualTo("PAGE_TOKEN_INVALID"));
    }
}
