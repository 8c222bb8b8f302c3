package io.campanile.grpc.profile;

import static io.campanile.grpc.testing.GrpcWorld.OWN;

import io.campanile.v1.ConsentRecord;
import io.campanile.v1.ConsentSubject;
import io.campanile.v1.GetConsentsRequest;
import io.campanile.v1.ListConsentRecordsRequest;
import io.campanile.v1.ProfileServiceGrpc.ProfileServiceBlockingStub;

import java.util.List;

/// What somebody said, as the API tells it.
final class SaidConsents {
    private SaidConsents() {}

    /// What counts now.
    static List<ConsentRecord> current(ProfileServiceBlockingStub profiles, ConsentSubject of) {
        return profiles.getConsents(
                        GetConsentsRequest.newBuilder().setParent(OWN).setSubject(of).build())
                .getConsentRecordsList();
    }

    /// Everything.
    static List<ConsentRecord> history(ProfileServiceBlockingStub profiles, ConsentSubject of) {
        return profiles.listConsentRecords(
                        ListConsentRecordsRequest.newBuilder()
                                .setParent(OWN)
                                .setSubject(of)
                                .build())
                .getConsentRecordsList();
    }
}
