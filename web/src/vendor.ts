/** The parts of MapLibre that the client uses, under one global name. */

export { Map, setWorkerCount, setWorkerUrl } from "maplibre-gl";
