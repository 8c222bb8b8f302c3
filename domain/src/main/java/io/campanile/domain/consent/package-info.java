/// What people agreed to and refused.
@org.jspecify.annotations.NullMarked
package io.campanile.domain.consent;
