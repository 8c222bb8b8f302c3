/// What the people who run Campanile look at.
@org.jspecify.annotations.NullMarked
package io.campanile.application.operation;
