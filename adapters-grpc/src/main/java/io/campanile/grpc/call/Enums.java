package io.campanile.grpc.call;

/// Enums whose constants are called the same here and in the API, there with a prefix in front, as
/// protobuf wants it.
public final class Enums {
    private Enums() {}

    /// What the API has for a constant. `EnumsTest` lists the pairs: add new ones there.
    ///
    /// @param prefix of all constants of the API's enum, such as `STATE_`
    public static <P extends Enum<P>> P proto(Class<P> type, String prefix, Enum<?> constant) {
        return Enum.valueOf(type, prefix + constant.name());
    }
}
