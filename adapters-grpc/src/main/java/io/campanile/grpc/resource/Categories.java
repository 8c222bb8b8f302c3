package io.campanile.grpc.resource;

import io.campanile.domain.channel.Category;

/// Categories between protobuf and the domain.
public final class Categories {
    private Categories() {}

    public static io.campanile.v1.Category proto(Category category) {
        return switch (category) {
            case MARKETING -> io.campanile.v1.Category.CATEGORY_MARKETING;
            case TRANSACTIONAL -> io.campanile.v1.Category.CATEGORY_TRANSACTIONAL;
        };
    }

    /// The category that a request names; that it names one has been checked.
    public static Category category(io.campanile.v1.Category category) {
        return switch (category) {
            case CATEGORY_MARKETING -> Category.MARKETING;
            case CATEGORY_TRANSACTIONAL -> Category.TRANSACTIONAL;
            case CATEGORY_UNSPECIFIED, UNRECOGNIZED ->
                    throw new IllegalArgumentException("an unchecked category");
        };
    }
}
