package io.campanile.grpc.resource;

import io.campanile.domain.profile.Identity;
import io.campanile.grpc.call.FieldProblem;
import io.campanile.v1.ViolationReason;

import java.util.Optional;

/// Keys of people as requests name them.
public final class Identities {
    private Identities() {}

    /// What keeps a key from being anybody's; nothing with most keys.
    ///
    /// @param field where it stands
    public static Optional<FieldProblem> problem(String field, io.campanile.v1.Identity proto) {
        Identity identity = written(proto);
        return identity.fault()
                .map(fault ->
                        new FieldProblem(
                                field + "." + fault.part(),
                                identity.isOfEmail()
                                        ? ViolationReason.VIOLATION_REASON_ADDRESS_MALFORMED
                                        : ViolationReason.VIOLATION_REASON_SYNTAX,
                                fault.description()));
    }

    /// The key in the form keys are compared in.
    public static Identity comparable(io.campanile.v1.Identity proto) {
        return written(proto).comparable();
    }

    /// The key as the caller wrote it.
    public static Identity written(io.campanile.v1.Identity proto) {
        return new Identity(proto.getNamespace(), proto.getValue());
    }
}
