import { xabberScenarios } from './xabber.js';

xabberScenarios('ejabberd by shim');
