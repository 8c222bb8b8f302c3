/// Fakes and contracts of the ports of delivery.
@org.jspecify.annotations.NullMarked
package io.campanile.testkit.delivery;
