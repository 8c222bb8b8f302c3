/// Facts from fakes.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.eligibility;
