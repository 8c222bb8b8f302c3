/// People, and the keys that point at them.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.profile;
