// What every page does beside showing itself. Each page works without it.
export {};
